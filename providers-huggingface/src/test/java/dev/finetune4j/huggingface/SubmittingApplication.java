package dev.finetune4j.huggingface;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.providerkit.process.JavaCommand;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An application in a JVM of its own: submits one job and waits for it. */
final class SubmittingApplication {

  private SubmittingApplication() {}

  /** What it submits, where: the arguments of its command line. */
  record Order(Path directory, Path base, Path interpreter, int epochs) {

    HuggingFaceProvider provider() {
      return HuggingFaceProvider.local(directory)
          .base("small", base)
          .interpreter(interpreter)
          .build();
    }

    FineTuningRequest request() {
      Hyperparameters hyperparameters =
          Hyperparameters.builder().epochs(epochs).batchSize(3).maximumSequenceTokens(64).build();
      return FineTuningRequest.builder(
              "small",
              new SupervisedTraining(hyperparameters, WeightUpdate.lowRank(4)),
              Requests.sums())
          .submissionKey(new SubmissionKey("night-run-1"))
          .providerOption("checkpoint_steps", 10)
          .providerOption("threads", 1)
          .build();
    }
  }

  static Process start(Order order) throws IOException {
    return JavaCommand.ofThisJvm()
        .running(
            SubmittingApplication.class,
            List.of(
                order.directory().toString(),
                order.base().toString(),
                order.interpreter().toString(),
                String.valueOf(order.epochs())))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) throws InterruptedException {
    Order order =
        new Order(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            Integer.parseInt(arguments[3]));
    try (HuggingFaceProvider provider = order.provider()) {
      provider.submit(order.request()).await(PollingSchedule.local());
    }
  }
}
