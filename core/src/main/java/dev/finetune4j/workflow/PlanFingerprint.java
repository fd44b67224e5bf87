package dev.finetune4j.workflow;

import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.grading.spec.GraderSpecJson;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.ReinforcementTraining;
import dev.finetune4j.training.TrainingMethod;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.workflow.journal.JournalEntry;
import dev.finetune4j.workflow.journal.JournalEntry.StepStarted;
import dev.finetune4j.workflow.journal.JournalException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a plan does, as named members in canonical JSON: a run is resumed only with the plan that it
 * was started with. Members with their default value are left out, so a member added by a later
 * release leaves the fingerprints of existing plans unchanged. Concurrency, lease time and
 * submission key are not part of it, because a run may be resumed with others. Immutable.
 */
final class PlanFingerprint {
  /** Where a run stores the members. */
  static final String FILE = "plan.json";

  private static final long VERSION = 1;
  private static final int LONGEST_SHOWN = 60;

  private final Map<String, @Nullable Object> members;

  private PlanFingerprint(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  static PlanFingerprint of(FineTuningPlan plan, PlanData.Fingerprints data) {
    FineTuningRequest request = plan.request();
    Members members = new Members();
    members.put("version", VERSION);
    members.put("baseModel", request.baseModel());
    members.put("method", method(request.method()));
    members.put("trainingData", data.training().value());
    members.put("validationData", data.validation().map(Fingerprint::value));
    members.put("testData", data.test().value());
    members.put("suffix", request.suffix());
    members.put("seed", request.seed());
    Members options = new Members();
    // Options may hold keys of other services, so the journal stores only their hashes.
    request
        .providerOptions()
        .forEach(
            (name, value) -> options.put(name, "sha256:" + sha256(Json.writeCanonical(value))));
    members.put("providerOptions", options.map);
    Members graders = new Members();
    plan.graders()
        .forEach((name, grader) -> graders.map.put(name, new Members().version(grader.version())));
    members.put("graders", graders.map);
    members.put(
        "baselines",
        plan.baselines().stream()
            .map(it -> new Members().with("name", it.name()).version(it.version()))
            .toList());
    members.put("policy", policy(plan.policy()));
    members.put("costCeiling", plan.budget().ceiling());
    members.put("capacity", capacity(plan.capacity()));
    members.put("maximumAnswerTokens", plan.maximumAnswerTokens());
    return new PlanFingerprint(members.map);
  }

  /** Reads what {@link #json} wrote, also members that only another release knows. */
  static PlanFingerprint read(String json) {
    return new PlanFingerprint(Json.parseObject(json).asMap());
  }

  /** Returns the members as canonical JSON. */
  String json() {
    return Json.writeCanonical(members);
  }

  /** Returns the SHA-256 of the members. */
  String hash() {
    return sha256(json());
  }

  /**
   * Refuses a run that was started with another plan.
   *
   * @throws JournalException if it was; says what is different
   */
  void requireSameAs(RunState state, List<JournalEntry> history) {
    for (JournalEntry entry : history) {
      if (entry instanceof StepStarted started && !started.inputFingerprint().equals(hash())) {
        String differences =
            state
                .load(FILE)
                .map(PlanFingerprint::read)
                .map(stored -> String.join("; ", differences(stored)))
                .orElse("the journal does not say in what");
        throw new JournalException(
            "Run "
                + state.run()
                + " was started with another plan or other data. Different: "
                + differences
                + ". Restore them to resume the run, or use another run id to start again.",
            null);
      }
    }
  }

  /** Returns the members that differ, with the value in {@code stored} and the one here. */
  List<String> differences(PlanFingerprint stored) {
    List<String> differences = new ArrayList<>();
    compare("", stored.members, members, differences);
    return differences;
  }

  private static void compare(
      String path, Map<?, ?> before, Map<?, ?> now, List<String> differences) {
    TreeSet<String> names = new TreeSet<>();
    before.keySet().forEach(name -> names.add(String.valueOf(name)));
    now.keySet().forEach(name -> names.add(String.valueOf(name)));
    for (String name : names) {
      Object old = before.get(name);
      Object current = now.get(name);
      if (old instanceof Map<?, ?> oldMap && current instanceof Map<?, ?> currentMap) {
        compare(path + name + ".", oldMap, currentMap, differences);
      } else if (!Objects.equals(shown(old), shown(current))) {
        differences.add(
            path + name + " (was " + shortened(old) + ", is now " + shortened(current) + ")");
      }
    }
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "not set" : Json.writeCanonical(value);
  }

  private static String shortened(@Nullable Object value) {
    String text = shown(value);
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static Map<String, @Nullable Object> method(TrainingMethod<?> method) {
    Members members = new Members().with("kind", method.kind().name());
    members.put("hyperparameters", hyperparameters(method.hyperparameters()));
    members.put("weightUpdate", weightUpdate(method.weightUpdate()));
    if (method instanceof PreferenceTraining preference) {
      members.put("beta", preference.beta());
    } else if (method instanceof ReinforcementTraining reinforcement) {
      JsonObject grader = Json.parseObject(GraderSpecJson.write(reinforcement.grader()));
      members.put("grader", withoutSecrets(grader.asMap()));
    }
    return members.map;
  }

  /** Replaces the values of headers, which are often secret, with their hashes. */
  private static Object withoutSecrets(Map<?, ?> grader) {
    Map<String, @Nullable Object> copy = new TreeMap<>();
    grader.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (name.equals("headers")) {
            copy.put(name, "sha256:" + sha256(Json.writeCanonical(value)));
          } else {
            copy.put(name, value instanceof Map<?, ?> map ? withoutSecrets(map) : value);
          }
        });
    return copy;
  }

  private static Map<String, @Nullable Object> hyperparameters(Hyperparameters set) {
    Members members = new Members();
    members.put("epochs", set.epochs());
    members.put("batchSize", set.batchSize());
    members.put("gradientAccumulationSteps", set.gradientAccumulationSteps());
    members.put(
        "learningRate",
        set.learningRate()
            .filter(LearningRate.Absolute.class::isInstance)
            .map(LearningRate::value));
    members.put(
        "learningRateMultiplier",
        set.learningRate()
            .filter(LearningRate.Multiplier.class::isInstance)
            .map(LearningRate::value));
    members.put("schedule", set.schedule().map(Enum::name));
    members.put("warmupFraction", set.warmupFraction());
    members.put("weightDecay", set.weightDecay());
    members.put("maximumGradientNorm", set.maximumGradientNorm());
    members.put("maximumSequenceTokens", set.maximumSequenceTokens());
    members.put("earlyStopPatience", set.earlyStopPatience());
    return members.map;
  }

  private static Map<String, @Nullable Object> weightUpdate(WeightUpdate update) {
    Members members = new Members();
    if (update instanceof WeightUpdate.Full) {
      members.put("kind", "FULL");
    } else if (update instanceof WeightUpdate.LowRank lowRank) {
      members.put("kind", "LOW_RANK");
      members.put("rank", lowRank.rank());
      members.put("alpha", lowRank.alpha());
      members.put("dropout", lowRank.dropout());
      members.put("targetModules", lowRank.targetModules());
    }
    return members.map;
  }

  private static Map<String, @Nullable Object> capacity(Capacity capacity) {
    Members members = new Members();
    if (capacity instanceof Capacity.Throughput throughput) {
      members.put("throughput", throughput.units());
    } else if (capacity instanceof Capacity.Hardware hardware) {
      members.put("instance", hardware.instance());
      members.put("minimumReplicas", hardware.minimumReplicas());
      members.put("maximumReplicas", hardware.maximumReplicas());
    }
    return members.map;
  }

  private static Map<String, @Nullable Object> policy(DecisionPolicy policy) {
    DecisionPolicy standard = DecisionPolicy.builder(policy.grader()).build();
    Members members = new Members().with("grader", policy.grader());
    members.putUnless(
        "minimumGainPoints", policy.minimumGainPoints(), standard.minimumGainPoints());
    members.putUnless(
        "significanceLevel", policy.significanceLevel(), standard.significanceLevel());
    members.putUnless("provenGain", policy.provenGain(), standard.provenGain());
    members.putUnless(
        "maximumMissingShare", policy.maximumMissingShare(), standard.maximumMissingShare());
    members.put("maximumOneTimeCost", policy.maximumOneTimeCost());
    members.put("maximumMonthlyCost", policy.maximumMonthlyCost());
    members.put("maximumPerThousandRequests", policy.maximumPerThousandRequests());
    members.put("requestsPerMonth", policy.requestsPerMonth());
    members.put("mustNotRegress", List.copyOf(new TreeSet<>(policy.mustNotRegress())));
    members.put(
        "mustNotRegressOn", policy.mustNotRegressOn().stream().map(Slicing::toString).toList());
    members.put("clusterTag", policy.clusterTag());
    members.putUnless("mustPayBack", policy.mustPayBack(), standard.mustPayBack());
    members.putUnless("payBackMonths", policy.payBackMonths(), standard.payBackMonths());
    members.putUnless(
        "minimumLifetimeDays", policy.minimumLifetimeDays(), standard.minimumLifetimeDays());
    return members.map;
  }

  /** Collects members; leaves out what is empty. */
  private static final class Members {
    private final Map<String, @Nullable Object> map = new TreeMap<>();

    Members with(String name, String value) {
      map.put(name, value);
      return this;
    }

    Map<String, @Nullable Object> version(String version) {
      put("version", version.isEmpty() ? Optional.empty() : version);
      return map;
    }

    void put(String name, Object value) {
      Object plain = plain(value);
      boolean empty =
          plain == null
              || (plain instanceof Map<?, ?> some && some.isEmpty())
              || (plain instanceof List<?> list && list.isEmpty());
      if (!empty) {
        map.put(name, plain);
      }
    }

    void putUnless(String name, Object value, Object standard) {
      if (!value.equals(standard)) {
        put(name, value);
      }
    }

    private static @Nullable Object plain(@Nullable Object value) {
      if (value instanceof Optional<?> optional) {
        return plain(optional.orElse(null));
      } else if (value instanceof OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
      } else if (value instanceof OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
      } else if (value instanceof OptionalDouble number) {
        return number.isPresent() ? number.getAsDouble() : null;
      } else if (value instanceof Money money) {
        return money.amount().stripTrailingZeros().toPlainString() + " " + money.currency();
      }
      return value;
    }
  }
}
