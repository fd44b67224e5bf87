package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.autotrain.AutoTrainScripts;
import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.providerkit.process.ProcessJobOperations;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Runs AutoTrain jobs as processes on this machine, each in its own folder. Thread-safe. */
final class AutoTrainProcesses implements LocalJobs {
  private static final Set<Capability> CAPABILITIES = capabilitiesHere();

  private final AutoTrainTraining training;
  private final TrlEnvironment environment;
  private final ProcessJobOperations jobs;

  AutoTrainProcesses(
      HuggingFaceSettings settings, HuggingFaceBases bases, TrlEnvironment environment) {
    this.environment = environment;
    training = new AutoTrainTraining(bases, settings.accelerator(), settings.time());
    jobs =
        ProcessJobOperations.builder(
                TrlErrors.PROVIDER, settings.directory().resolve("jobs"), this::command)
            .time(settings.time())
            .build();
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
    return start(request.submissionKey(), training.contents(request));
  }

  @Override
  public JobReference submit(AutoTrainYamlOptions file) {
    return start(file.submissionKey(), training.contents(file));
  }

  @Override
  public ProcessJobOperations jobs() {
    return jobs;
  }

  @Override
  public JobOperations operations() {
    return new WithoutCheckpoints(jobs);
  }

  private JobReference start(SubmissionKey key, JobContents contents) {
    // Built here because it may take minutes, during which the job folder must not be locked.
    environment.interpreter();
    return jobs.submit(key.value(), contents);
  }

  private ProcessBuilder command(JobFolder folder) {
    String interpreter = environment.interpreter().toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            interpreter,
            folder
                .directory()
                .resolve(TrlScripts.FOLDER)
                .resolve(AutoTrainScripts.RUNNER)
                .toString(),
            folder.directory().toString(),
            interpreter);
    TrlProcesses.prepare(builder.environment());
    return builder;
  }
}
