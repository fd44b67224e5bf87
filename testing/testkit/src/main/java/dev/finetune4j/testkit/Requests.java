package dev.finetune4j.testkit;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import java.util.ArrayList;
import java.util.List;

/** Small requests for tests that do not care what is trained. Stateless. */
public final class Requests {

  private Requests() {}

  /** Returns supervised training of {@code baseModel} on twelve sums, under that key. */
  public static FineTuningRequest sums(String baseModel, String submissionKey) {
    return FineTuningRequest.builder(baseModel, SupervisedTraining.withDefaults(), sums())
        .submissionKey(new SubmissionKey(submissionKey))
        .build();
  }

  /** Returns twelve sums with their answers: {@code 1 + 1 = ?} is {@code 2}, and so on. */
  public static Dataset<ChatExample> sums() {
    List<ChatExample> examples = new ArrayList<>();
    for (int number = 1; number <= 12; number++) {
      examples.add(
          ChatExample.of(
              Message.user(number + " + " + number + " = ?"),
              Message.assistant(String.valueOf(2 * number))));
    }
    return Dataset.of("sums", ChatExample.class, examples);
  }
}
