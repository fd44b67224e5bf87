package dev.finetune4j.providerkit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How requests become JSON and how odd JSON becomes jobs, events and figures. */
final class JobMappingTest {
  private static final ProviderId PROVIDER = new ProviderId("openai");
  private static final JobDialect PLAIN = JobDialect.builder(PROVIDER).build();
  private static final JobDialect DEVIATING =
      JobDialect.builder(PROVIDER)
          .keyPlace(KeyPlace.SUFFIX)
          .suffix(40, Pattern.compile("[A-Za-z0-9_-]*"))
          .automatic(null)
          .member("trainingType", "globalStandard")
          .build();

  @Test
  void whatIsUnsetIsAutoAndOptionsAreMergedLast() {
    FineTuningRequest request =
        request(Hyperparameters.builder().epochs(3).build())
            .suffix("recipes")
            .seed(7)
            .providerOption("hyperparameters", Map.of("batch_size", 4))
            .providerOption("metadata", Map.of("team", "kitchen"))
            .build();

    JsonObject body = new JobBodies(PLAIN).of(request, new JobFiles("file-1", "file-2"));

    assertThat(body.toString())
        .isEqualTo(
            "{\"model\":\"gpt\",\"training_file\":\"file-1\",\"validation_file\":\"file-2\","
                + "\"method\":{\"type\":\"supervised\",\"supervised\":{\"hyperparameters\":"
                + "{\"n_epochs\":3,\"batch_size\":4,\"learning_rate_multiplier\":\"auto\"}}},"
                + "\"seed\":7,\"suffix\":\"recipes\",\"metadata\":"
                + "{\"finetune4j_submission_key\":\"key-1\",\"team\":\"kitchen\"}}");
  }

  @Test
  void aDialectThatDropsMetadataCarriesTheKeyInTheSuffix() {
    FineTuningRequest request =
        request(Hyperparameters.providerDefaults()).suffix("recipes-of-a-long-winded-cook").build();

    JsonObject body =
        new JobBodies(DEVIATING)
            .of(
                request.withSubmissionKey(new SubmissionKey("ft4j-0123456789")),
                new JobFiles("f", null));

    assertThat(body.requireString("suffix")).isEqualTo("recipes-of-a-long-winded_ft4j-0123456789");
    assertThat(body.requireString("suffix")).hasSize(40);
    assertThat(body.requireString("trainingType")).isEqualTo("globalStandard");
    assertThat(body.has("metadata")).isFalse();
    assertThat(new JobKeys(DEVIATING).read(JsonObject.empty().put("suffix", "a_ft4j-1")))
        .isEqualTo("ft4j-1");
  }

  @Test
  void whatCannotBeSaidIsRefusedAllAtOnce() {
    Hyperparameters wanted =
        Hyperparameters.builder()
            .gradientAccumulationSteps(2)
            .weightDecay(0.1)
            .learningRate(LearningRate.absolute(1e-4))
            .epochs(51)
            .build();
    FineTuningRequest request = request(wanted).build();

    assertThatThrownBy(() -> RequestCheck.require(request, PLAIN, EnumSet.allOf(Capability.class)))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessage(
            "Provider openai does not support gradient accumulation, an absolute learning rate (it"
                + " takes a multiplier), weight decay. Leave it out of the request, or take a"
                + " provider that can. Besides: The number of epochs lies from 1 to 50, and it is"
                + " 51.");
  }

  @Test
  void figuresOutOfRangeAreRefusedAllAtOnce() {
    FineTuningRequest request =
        request(Hyperparameters.builder().batchSize(257).build()).seed(-1).suffix("").build();

    assertThatThrownBy(() -> RequestCheck.require(request, PLAIN, EnumSet.allOf(Capability.class)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("The batch size lies from 1 to 256, and it is 257.")
        .hasMessageContaining("The seed lies from 0 to 2147483647, and it is -1.")
        .hasMessageContaining("The suffix has 1 to 64 characters, and it is \"\".");
  }

  @Test
  void oddJobsAreReadAndKeptWhole() {
    FineTuningJob sparse = read("{\"id\":\"j\",\"status\":\"hibernating\",\"error\":{}}");
    FineTuningJob full =
        read(
            "{\"id\":\"j\",\"status\":\"failed\",\"model\":\"gpt-x\",\"created_at\":1767225600,"
                + "\"finished_at\":0,\"trained_tokens\":5000000000,\"hyperparameters\":null,"
                + "\"fine_tuned_model\":\"\",\"error\":{\"code\":\"invalid\",\"message\":\"Bad"
                + " file\",\"param\":\"training_file\"},\"member_of_tomorrow\":[1]}");
    FineTuningJob nulls =
        read(
            "{\"id\":\"j\",\"status\":null,\"trained_tokens\":-1,\"error\":"
                + "{\"code\":null,\"message\":null,\"param\":null},\"metadata\":null}");

    assertThat(sparse.status()).isEqualTo(JobStatus.UNRECOGNIZED);
    assertThat(sparse.providerStatus()).isEqualTo("hibernating");
    assertThat(sparse.failureReason()).isEmpty();
    assertThat(full.failureReason()).contains("invalid: Bad file (training_file)");
    assertThat(full.trainedTokens()).hasValue(5_000_000_000L);
    assertThat(full.finishedAt()).isEmpty();
    assertThat(full.fineTunedModel()).isEmpty();
    assertThat(full.providerJson().orElseThrow()).contains("member_of_tomorrow");
    assertThat(nulls.status()).isEqualTo(JobStatus.UNRECOGNIZED);
    assertThat(nulls.trainedTokens()).isEmpty();
    assertThat(nulls.failureReason()).isEmpty();
  }

  @Test
  void eventsOfOneSecondOverSeveralPagesComeOnceAndOldestFirst() {
    EventPage first = EventHistory.read(Optional.empty(), after -> page(after, 7));
    EventPage second = EventHistory.read(first.cursor(), after -> page(after, 9));
    EventPage third = EventHistory.read(second.cursor(), after -> page(after, 9));

    assertThat(ids(first)).containsExactly("e1", "e2", "e3", "e4", "e5", "e6", "e7");
    assertThat(ids(second)).containsExactly("e8", "e9");
    assertThat(third.events()).isEmpty();
    assertThat(third.cursor()).isEqualTo(second.cursor());
  }

  @Test
  void anEventOfAnUnknownKindKeepsItsJson() {
    JobEvent event =
        EventAnswers.event(
            Json.parseObject("{\"id\":\"e\",\"type\":\"moderation_checks\",\"data\":{\"a\":1}}"));

    assertThat(event).isInstanceOf(JobEvent.Unrecognized.class);
    assertThat(((JobEvent.Unrecognized) event).json()).contains("\"data\":{\"a\":1}");
  }

  @Test
  void resultFilesAreReadPlainAndInBase64WithHoles() {
    String csv = "step,train_loss,valid_loss,train_mean_reward\n1,0.5,,0.1\n2,0.25,0.75,\r\n3,,,\n";
    String base64 = Base64.getEncoder().encodeToString(csv.getBytes(StandardCharsets.UTF_8));

    List<TrainingMetrics> plain = ResultFile.read(csv);

    assertThat(plain)
        .containsExactly(
            new TrainingMetrics(1, Map.of("loss", 0.5, "train_mean_reward", 0.1)),
            new TrainingMetrics(2, Map.of("loss", 0.25, "validation_loss", 0.75)),
            new TrainingMetrics(3, Map.of()));
    assertThat(ResultFile.read(base64)).isEqualTo(plain);
    assertThat(ResultFile.read("")).isEmpty();
  }

  private static FineTuningJob read(String json) {
    return new JobAnswers(PLAIN).job(Json.parseObject(json));
  }

  private static FineTuningRequest.Builder<?> request(Hyperparameters hyperparameters) {
    return FineTuningRequest.builder(
            "gpt",
            SupervisedTraining.withDefaults().withHyperparameters(hyperparameters),
            Requests.sums())
        .submissionKey(new SubmissionKey("key-1"));
  }

  private static List<String> ids(EventPage page) {
    return page.events().stream().map(JobEvent::id).toList();
  }

  /** A list of events e1 to eN, all of one second, newest first, three on a page. */
  private static JsonObject page(String after, int newest) {
    int from = after == null ? newest : Integer.parseInt(after.substring(1)) - 1;
    List<Object> items = new ArrayList<>();
    for (int number = from; number > Math.max(0, from - 3); number--) {
      items.add(
          JsonObject.empty().put("id", "e" + number).put("created_at", 1_767_225_600).asMap());
    }
    return JsonObject.empty().put("data", items).put("has_more", from > 3);
  }
}
