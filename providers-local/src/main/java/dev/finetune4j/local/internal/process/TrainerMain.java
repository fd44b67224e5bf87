package dev.finetune4j.local.internal.process;

import dev.finetune4j.Time;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.local.internal.adapter.AdapterFolder;
import dev.finetune4j.local.internal.adapter.CheckpointFolder;
import dev.finetune4j.local.internal.adapter.LoadedAdapter;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.trainer.Trainer;
import dev.finetune4j.local.internal.trainer.TrainingData;
import dev.finetune4j.local.internal.trainer.TrainingResult;
import dev.finetune4j.local.internal.trainer.TrainingSpec;
import dev.finetune4j.providerkit.process.ChildLog;
import dev.finetune4j.providerkit.process.ExitCode;
import dev.finetune4j.providerkit.process.JobChild;
import dev.finetune4j.providerkit.process.JobCommand;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.providerkit.process.JobFolderException;
import java.io.IOException;
import java.nio.file.Path;

/** The main class of the child that trains: works on one job folder to its end. */
public final class TrainerMain {
  /** The file of the examples to learn from. */
  public static final String TRAINING_FILE = "training.jsonl";

  /** The file of the examples to measure on; need not be there. */
  public static final String VALIDATION_FILE = "validation.jsonl";

  private final JobChild child;
  private final TrainerRequest request;

  private TrainerMain(JobChild child) {
    this.child = child;
    this.request = TrainerRequest.of(child.folder());
  }

  /** Runs the child; the argument is the job folder. */
  public static void main(String[] arguments) throws IOException {
    if (!JobChild.isToldToStart(System.in)) {
      Runtime.getRuntime().halt(ExitCode.NOT_STARTED);
    }
    // Halted, not exited: the result is on the disk, and native threads need not be unwound.
    Runtime.getRuntime().halt(work(new JobFolder(Path.of(arguments[0]))));
  }

  private static int work(JobFolder folder) {
    try (JobChild child = JobChild.open(folder, Time.system())) {
      return new TrainerMain(child).workOrFail();
    } catch (IOException | JobFolderException e) {
      ChildLog.write(e);
      return ExitCode.DISK;
    } catch (OutOfMemoryError e) {
      // There was not even heap enough to write the reason down.
      ChildLog.write(e);
      return ExitCode.HEAP;
    } catch (RuntimeException | LinkageError e) {
      ChildLog.write(e);
      return ExitCode.HOPELESS;
    }
  }

  private int workOrFail() throws IOException {
    try {
      finish(train());
      return ExitCode.DONE;
    } catch (ObservationLost e) {
      ChildLog.write(e.getCause());
      child.fail(FailureReason.of(e.getCause()));
    } catch (InterruptedException
        | IOException
        | RuntimeException
        | LinkageError
        | OutOfMemoryError e) {
      ChildLog.write(e);
      child.fail(FailureReason.of(e));
    }
    return ExitCode.HOPELESS;
  }

  private TrainingResult train() throws IOException, InterruptedException {
    JobFolder folder = child.folder();
    TrainingSpec spec =
        new TrainingSpec(
            request.base(),
            data(folder.directory()),
            request.settings(),
            request.adapter(),
            folder.checkpoints(),
            folder.output());
    return new Trainer(spec, new ReportingObserver(child)).run();
  }

  private TrainingData data(Path directory) throws IOException {
    Path training = directory.resolve(TRAINING_FILE);
    Path validation = directory.resolve(VALIDATION_FILE);
    return request.preference()
        ? new TrainingData.Preferences(
            ExampleFile.preferences(training), ExampleFile.preferences(validation))
        : new TrainingData.Conversations(
            ExampleFile.conversations(training), ExampleFile.conversations(validation));
  }

  private void finish(TrainingResult result) throws IOException {
    switch (result.outcome()) {
      case PAUSED -> child.follow(JobCommand.PAUSE);
      case CANCELLED -> child.follow(JobCommand.CANCEL);
      case STOPPED_EARLY -> {
        child.say(
            "stopped-early",
            JobEvent.Level.INFO,
            "The validation loss no longer fell, so the training stopped after step "
                + result.steps()
                + " and kept the best weights.");
        succeed(result);
      }
      case COMPLETED -> succeed(result);
    }
  }

  private void succeed(TrainingResult result) throws IOException {
    if (request.merge()) {
      try (BaseModel base = BaseModel.load(request.base());
          LoadedAdapter adapter =
              AdapterFolder.load(child.folder().output(), base.configuration())) {
        CheckpointFolder.merge(base, adapter, child.folder().output().resolve("merged"));
      }
    }
    child.succeed(request.model(), result.processedTokens());
  }
}
