package dev.finetune4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.local.LocalProvider;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.LearningRate;
import dev.finetune4j.training.LearningRateSchedule;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TRL and the embedded trainer on one real checkpoint, with the same data and settings. Every step
 * sees all examples, so that the order in which each shuffles them decides nothing; what is left to
 * chance is what one of the two low-rank matrices starts from, and a second run of TRL says how
 * much that is: the two trainers must not differ by more than three times as much.
 */
@Tag("python")
final class SideBySidePythonTest {
  private static final int STEPS = 16;

  /**
   * The base's template without the line break after an end mark: TRL counts that in the loss of an
   * answer, the embedded trainer does not.
   */
  private static final String TEMPLATE =
      "{% for message in messages %}{% if not loop.first %}{{ '\n' }}{% endif %}"
          + "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' }}"
          + "{% endfor %}{% if add_generation_prompt %}{{ '\n<|im_start|>assistant\n' }}{% endif %}";

  @TempDir Path directory;

  @Test
  void theLossCurvesOfTrlAndOfTheEmbeddedTrainerAgreeWithinNoise() throws Exception {
    SmolLm base = SmolLm.find();
    List<Double> trl;
    List<Double> trlAgain;
    List<Double> embedded;

    try (HuggingFaceProvider provider =
        HuggingFaceProvider.local(directory.resolve("trl"))
            .base("smollm2", base.folder())
            .interpreter(base.interpreter())
            .build()) {
      trl = losses(provider, request(7).providerOption("chat_template", TEMPLATE).build());
      trlAgain = losses(provider, request(8).providerOption("chat_template", TEMPLATE).build());
    }
    try (LocalProvider provider =
        LocalProvider.builder(directory.resolve("embedded"))
            .base("smollm2", base.folder())
            .build()) {
      embedded = losses(provider, request(7).build());
    }

    double chance = meanDistance(trl, trlAgain);
    double distance = meanDistance(trl, embedded);
    assertThat(trl.get(STEPS - 1)).isLessThan(trl.get(0) / 2);
    assertThat(embedded.get(0)).isCloseTo(trl.get(0), offset(1e-3));
    assertThat(distance)
        .as("TRL %s, TRL with another seed %s, embedded %s", trl, trlAgain, embedded)
        .isLessThan(3 * chance);
  }

  private static FineTuningRequest.Builder<ChatExample> request(long seed) {
    Hyperparameters hyperparameters =
        Hyperparameters.builder()
            .epochs(STEPS)
            .batchSize(8)
            .learningRate(LearningRate.absolute(5e-4))
            .schedule(LearningRateSchedule.CONSTANT)
            .warmupFraction(0)
            .weightDecay(0)
            .maximumGradientNorm(1)
            .maximumSequenceTokens(64)
            .build();
    return FineTuningRequest.builder(
            "smollm2", new SupervisedTraining(hyperparameters, WeightUpdate.lowRank(8)), data())
        .seed(seed);
  }

  private static Dataset<ChatExample> data() {
    List<ChatExample> examples =
        IntStream.range(0, 8)
            .mapToObj(
                number ->
                    ChatExample.of(
                        Message.system("You count."),
                        Message.user("What comes after " + (17 * number + 3) + "?"),
                        Message.assistant("After it comes " + (17 * number + 4) + ", I think.")))
            .toList();
    return Dataset.of("counting", ChatExample.class, examples);
  }

  private static List<Double> losses(FineTuningProvider provider, FineTuningRequest request)
      throws InterruptedException {
    RecordingListener listener = new RecordingListener();
    PollingSchedule schedule = PollingSchedule.local().givingUpAfter(Duration.ofMinutes(10));

    assertThat(provider.submit(request).await(schedule, listener).status())
        .isEqualTo(JobStatus.SUCCEEDED);

    List<Double> losses = new ArrayList<>();
    for (JobEvent event : listener.events()) {
      if (event instanceof JobEvent.MetricsRecorded recorded) {
        recorded.metrics().find("loss").ifPresent(losses::add);
      }
    }
    assertThat(losses).hasSize(STEPS);
    return losses;
  }

  private static double meanDistance(List<Double> left, List<Double> right) {
    return IntStream.range(0, left.size())
        .mapToDouble(step -> Math.abs(left.get(step) - right.get(step)))
        .average()
        .orElseThrow();
  }
}
