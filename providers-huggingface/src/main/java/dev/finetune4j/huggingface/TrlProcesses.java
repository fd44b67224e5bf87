package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.trl.TrlEnvironment;
import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.process.JobFolder;
import dev.finetune4j.training.FineTuningRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Runs TRL jobs as processes on this machine. Thread-safe. */
final class TrlProcesses extends LocalRunner {
  private static final Set<Capability> CAPABILITIES = capabilitiesHere();

  private final TrlTraining training;
  private final TrlEnvironment environment;

  TrlProcesses(HuggingFaceSettings settings, HuggingFaceBases bases) {
    super(settings, bases, folder -> command(settings.environment(), folder));
    environment = settings.environment();
    training = new TrlTraining(bases, settings.accelerator(), settings.time());
  }

  private static Set<Capability> capabilitiesHere() {
    Set<Capability> all = EnumSet.copyOf(TrlTraining.CAPABILITIES);
    all.add(Capability.PAUSE_JOB);
    all.add(Capability.CHECKPOINTS);
    return Collections.unmodifiableSet(all);
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public JobReference submit(FineTuningRequest request) {
    training.check(request);
    return start(request.submissionKey(), environment, training.contents(request));
  }

  private static ProcessBuilder command(TrlEnvironment environment, JobFolder folder) {
    Path script = folder.directory().resolve(TrlScripts.FOLDER).resolve(TrlScripts.RUNNER);
    ProcessBuilder builder =
        new ProcessBuilder(
            environment.interpreter().toString(), script.toString(), folder.directory().toString());
    prepare(builder.environment());
    return builder;
  }

  /**
   * Sets variables that Python's numeric libraries read on start, unless the caller has set them.
   */
  static void prepare(Map<String, String> variables) {
    // Threads that spin while waiting take cores from one another, more so on a busy machine.
    variables.putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
    variables.putIfAbsent("PYTHONUNBUFFERED", "1");
    variables.putIfAbsent("PYTHONDONTWRITEBYTECODE", "1");
    variables.putIfAbsent("TOKENIZERS_PARALLELISM", "false");
    variables.putIfAbsent("HF_HUB_DISABLE_TELEMETRY", "1");
    variables.putIfAbsent("HF_HUB_DISABLE_PROGRESS_BARS", "1");
    variables.putIfAbsent("HF_DATASETS_DISABLE_PROGRESS_BARS", "1");
  }
}
