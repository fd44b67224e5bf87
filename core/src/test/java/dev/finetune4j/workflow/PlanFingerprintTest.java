package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.baseline.Passage;
import dev.finetune4j.baseline.Retriever;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.decision.DecisionPolicy;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.evaluation.Slicing;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import dev.finetune4j.workflow.journal.InMemoryJournal;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlanFingerprintTest {
  private static final Grader CODE = (example, answer) -> Grade.pass();

  @Test
  void everyPartThatChangesTheResultChangesTheFingerprint() {
    Map<String, PlanFingerprint> plans = new LinkedHashMap<>();
    plans.put("standard", of(request(), it -> it));
    hyperparameters()
        .forEach(
            (name, set) ->
                plans.put(
                    name,
                    of(
                        request(SupervisedTraining.withDefaults().withHyperparameters(set)),
                        it -> it)));
    for (WeightUpdate update :
        List.of(WeightUpdate.full(), WeightUpdate.lowRank(8), WeightUpdate.lowRank(9))) {
      plans.put(
          update.toString(),
          of(request(SupervisedTraining.withDefaults().withWeightUpdate(update)), it -> it));
    }
    plans.put("base model", of(request().withBaseModel("other"), it -> it));
    plans.put("suffix", of(data(40).suffix("name").build(), it -> it));
    plans.put("seed", of(data(40).seed(7).build(), it -> it));
    plans.put("training data", of(data(41).build(), it -> it));
    plans.put("validation data", of(data(40).validationData(examples(9)).build(), it -> it));
    plans.put("option", of(data(40).providerOption("n", 1).build(), it -> it));
    plans.put("option value", of(data(40).providerOption("n", 2).build(), it -> it));
    plans.put("grader", of(request(), it -> it.grader("also", Graders.exact())));
    plans.put("grader kind", of(request(), it -> it.grader("also", Graders.contains())));
    plans.put("grader parameter", of(request(), it -> it.grader("also", Graders.numeric(1))));
    plans.put("grader parameter 2", of(request(), it -> it.grader("also", Graders.numeric(2))));
    plans.put("code", of(request(), it -> it.grader("also", CODE.withVersion("1"))));
    plans.put("code version", of(request(), it -> it.grader("also", CODE.withVersion("2"))));
    plans.put(
        "prompt", of(request(), it -> it.baselines(Baselines.systemPrompt("p", "Be brief."))));
    plans.put(
        "prompt 2", of(request(), it -> it.baselines(Baselines.systemPrompt("p", "Be kind."))));
    plans.put("few", of(request(), it -> it.baselines(Baselines.fewShot(examples(9), 2))));
    plans.put("more", of(request(), it -> it.baselines(Baselines.fewShot(examples(9), 3))));
    plans.put("pool", of(request(), it -> it.baselines(Baselines.fewShot(examples(2), 2))));
    plans.put(
        "nearest", of(request(), it -> it.baselines(Baselines.nearestFewShot(examples(9), 2))));
    plans.put(
        "retrieval", of(request(), it -> it.baselines(Baselines.retrieval(retriever("1"), 2))));
    plans.put("corpus", of(request(), it -> it.baselines(Baselines.retrieval(retriever("2"), 2))));
    plans.put("ceiling", of(request(), it -> it.costCeiling(Money.dollars("9"))));
    plans.put("capacity", of(request(), it -> it.deployAs(new Capacity.Throughput(2))));
    plans.put("machine", of(request(), it -> it.deployAs(new Capacity.Hardware("a", 0, 1))));
    plans.put("answer tokens", of(request(), it -> it.maximumAnswerTokens(9)));
    policies()
        .forEach((name, policy) -> plans.put(name, of(request(), it -> it.policy(policy.build()))));

    Map<String, String> names = new LinkedHashMap<>();
    plans.forEach(
        (name, plan) ->
            assertThat(names.put(plan.hash(), name)).as("same fingerprint as %s", name).isNull());
    assertThat(names).hasSize(plans.size());
  }

  @Test
  void defaultsTheKeyAndWhatOnlyAffectsSpeedDoNotChangeTheFingerprint() {
    String hash = of(request(), it -> it).hash();

    assertThat(of(request().withSubmissionKey(new SubmissionKey("k")), it -> it).hash())
        .isEqualTo(hash);
    assertThat(of(request(), it -> it.concurrency(9).leaseTime(Duration.ofHours(1))).hash())
        .isEqualTo(hash);
    assertThat(of(request(), it -> it.policy(DecisionPolicy.builder("exact").build())).hash())
        .isEqualTo(hash);
    assertThat(of(request(), it -> it.deployAs(Capacity.serverless())).hash()).isEqualTo(hash);
  }

  @Test
  void aPlanWithDefaultsHasNoOtherMembersThanTheseOnes() {
    assertThat(of(request(), it -> it).json())
        .matches(
            "\\{\"baseModel\":\"base-1\",\"baselines\":\\[\\{\"name\":\"zero-shot\"}],"
                + "\"graders\":\\{\"exact\":\\{\"version\":\"exact\"}},\"method\":\\{\"kind\":\"SUPERVISED\"},"
                + "\"policy\":\\{\"grader\":\"exact\"},\"testData\":\"[0-9a-f]{64}\","
                + "\"trainingData\":\"[0-9a-f]{64}\",\"version\":1}");
  }

  @Test
  void theOrderOfOptionsAndGradersDoesNotMatter() {
    FineTuningRequest one =
        data(40).providerOption("a", 1).providerOption("b", Map.of("x", 1, "y", 2)).build();
    FineTuningRequest other =
        data(40).providerOption("b", Map.of("y", 2, "x", 1)).providerOption("a", 1).build();
    UnaryOperator<FineTuningPlan.Builder> first =
        it -> it.grader("c", Graders.contains()).grader("d", Graders.normalised());
    UnaryOperator<FineTuningPlan.Builder> second =
        it -> it.grader("d", Graders.normalised()).grader("c", Graders.contains());

    assertThat(of(one, first).hash()).isEqualTo(of(other, second).hash());
  }

  @Test
  void valuesOfProviderOptionsAreNotStored() {
    assertThat(of(data(40).providerOption("key", "secret-7").build(), it -> it).json())
        .contains("\"key\":\"sha256:")
        .doesNotContain("secret-7");
  }

  @Test
  void aRefusedPlanNamesTheMembersThatDiffer() {
    InMemoryJournal journal = new InMemoryJournal();
    FakeClock time = new FakeClock();
    FakeProvider provider = FakeProvider.builder(time).tunedModel(Plans.right()).build();
    FineTuningWorkflow workflow =
        FineTuningWorkflow.builder(provider, journal).time(time).catalog(Plans.catalog()).build();
    RunId run = new RunId("run-1");
    workflow.run(run, Plans.builder().build());

    assertThatThrownBy(
            () ->
                workflow.run(
                    run,
                    Plans.builder()
                        .grader("also", Graders.contains())
                        .maximumAnswerTokens(9)
                        .build()))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("graders.also (was not set, is now {\"version\":\"contains\"})")
        .hasMessageContaining("maximumAnswerTokens (was not set, is now 9)")
        .hasMessageNotContaining("baseModel")
        .hasMessageNotContaining("trainingData");
  }

  private static Map<String, Hyperparameters> hyperparameters() {
    Map<String, Hyperparameters> sets = new LinkedHashMap<>();
    sets.put("epochs", Hyperparameters.builder().epochs(2).build());
    sets.put("batch", Hyperparameters.builder().batchSize(2).build());
    sets.put("accumulation", Hyperparameters.builder().gradientAccumulationSteps(2).build());
    sets.put("rate", Hyperparameters.builder().learningRate(LearningRate.absolute(2)).build());
    sets.put(
        "multiplier", Hyperparameters.builder().learningRate(LearningRate.multiplier(2)).build());
    sets.put("warm-up", Hyperparameters.builder().warmupFraction(0.5).build());
    sets.put("decay", Hyperparameters.builder().weightDecay(0.5).build());
    sets.put("norm", Hyperparameters.builder().maximumGradientNorm(0.5).build());
    sets.put("sequence", Hyperparameters.builder().maximumSequenceTokens(2).build());
    sets.put("patience", Hyperparameters.builder().earlyStopPatience(2).build());
    return sets;
  }

  private static Map<String, DecisionPolicy.Builder> policies() {
    Map<String, DecisionPolicy.Builder> policies = new LinkedHashMap<>();
    policies.put("gain", DecisionPolicy.builder("exact").minimumGainPoints(3));
    policies.put("proven gain", DecisionPolicy.builder("exact").provenGain());
    policies.put("missing share", DecisionPolicy.builder("exact").maximumMissingShare(0.1));
    policies.put("significance", DecisionPolicy.builder("exact").significanceLevel(0.1));
    policies.put("once", DecisionPolicy.builder("exact").maximumOneTimeCost(Money.dollars("1")));
    policies.put("monthly", DecisionPolicy.builder("exact").maximumMonthlyCost(Money.dollars("1")));
    policies.put(
        "thousand", DecisionPolicy.builder("exact").maximumPerThousandRequests(Money.dollars("1")));
    policies.put("traffic", DecisionPolicy.builder("exact").requestsPerMonth(2));
    policies.put("regress", DecisionPolicy.builder("exact").mustNotRegress("exact"));
    policies.put(
        "slices", DecisionPolicy.builder("exact").mustNotRegressOn(Slicing.byPromptLength(1)));
    policies.put(
        "slices 2", DecisionPolicy.builder("exact").mustNotRegressOn(Slicing.byPromptLength(2)));
    policies.put("cluster", DecisionPolicy.builder("exact").clusteredBy("customer"));
    policies.put("pay back", DecisionPolicy.builder("exact").mustPayBack());
    policies.put("months", DecisionPolicy.builder("exact").payBackMonths(3));
    policies.put("lifetime", DecisionPolicy.builder("exact").minimumLifetimeDays(3));
    return policies;
  }

  private static Retriever retriever(String version) {
    return new Retriever() {
      @Override
      public List<Passage> nearest(String question, int count) {
        return List.of();
      }

      @Override
      public String version() {
        return version;
      }
    };
  }

  private static PlanFingerprint of(
      FineTuningRequest request, UnaryOperator<FineTuningPlan.Builder> change) {
    FineTuningPlan plan =
        change
            .apply(
                FineTuningPlan.builder(request, examples(5).asPrompts())
                    .grader("exact", Graders.exact())
                    .baselines(Baselines.zeroShot()))
            .build();
    return PlanFingerprint.of(plan, PlanData.Fingerprints.read(plan));
  }

  private static FineTuningRequest request() {
    return data(40).build();
  }

  private static FineTuningRequest request(SupervisedTraining method) {
    return FineTuningRequest.builder(Plans.BASE_MODEL, method, examples(40)).build();
  }

  private static FineTuningRequest.Builder<ChatExample> data(int count) {
    return FineTuningRequest.builder(
        Plans.BASE_MODEL, SupervisedTraining.withDefaults(), examples(count));
  }

  private static Dataset<ChatExample> examples(int count) {
    return Dataset.of(
        "examples",
        ChatExample.class,
        IntStream.range(0, count)
            .mapToObj(i -> ChatExample.of(Message.user("q" + i), Message.assistant("a" + i)))
            .toList());
  }
}
