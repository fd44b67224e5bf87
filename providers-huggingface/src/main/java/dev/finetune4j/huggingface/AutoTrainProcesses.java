package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.autotrain.AutoTrainScripts;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.training.FineTuningRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Runs AutoTrain jobs as processes on this machine. Thread-safe. */
final class AutoTrainProcesses extends LocalRunner {
  private static final Set<Capability> CAPABILITIES = capabilitiesHere();

  private final AutoTrainTraining training;
  private final TrlEnvironment environment;

  AutoTrainProcesses(
      HuggingFaceSettings settings, HuggingFaceBases bases, TrlEnvironment environment) {
    super(settings, bases, folder -> command(environment, folder));
    this.environment = environment;
    training = new AutoTrainTraining(bases, settings.accelerator(), settings.time());
  }

  private static Set<Capability> capabilitiesHere() {
    Set<Capability> all = EnumSet.copyOf(AutoTrainTraining.CAPABILITIES);
    all.add(Capability.LIST_JOBS);
    return Collections.unmodifiableSet(all);
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public JobReference submit(FineTuningRequest request) {
    return start(request.submissionKey(), environment, training.contents(request));
  }

  JobReference submit(AutoTrainYamlOptions file) {
    return start(file.submissionKey(), environment, training.contents(file));
  }

  @Override
  public JobOperations operations() {
    return new WithoutCheckpoints(super.operations());
  }

  private static ProcessBuilder command(TrlEnvironment environment, JobFolder folder) {
    String interpreter = environment.interpreter().toString();
    Path script = folder.directory().resolve(TrlScripts.FOLDER).resolve(AutoTrainScripts.RUNNER);
    ProcessBuilder builder =
        new ProcessBuilder(
            interpreter, script.toString(), folder.directory().toString(), interpreter);
    TrlProcesses.prepare(builder.environment());
    return builder;
  }
}
