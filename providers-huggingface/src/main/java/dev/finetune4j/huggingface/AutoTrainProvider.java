package dev.finetune4j.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobReference;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Fine-tunes open models with Hugging Face's AutoTrain 0.8.36. Intended for existing AutoTrain
 * configurations: the project has had no release since January 2025, cannot train newer models, and
 * supports less than {@link HuggingFaceProvider}: no validation, seed, pause or tools.
 *
 * <pre>{@code
 * AutoTrainProvider.local(Path.of("runs")).build()                  // on this machine, served here
 * AutoTrainProvider.onSpaces(token).flavor("t4-small").build()      // in a Space for each job, billed
 *
 * JobHandle job = provider.submit(AutoTrainYamlOptions.read(Path.of("autotrain.yml")));
 * }</pre>
 *
 * <p>Its references have the provider ID {@link HuggingFaceProvider#ID}. Thread-safe.
 */
@Experimental
public final class AutoTrainProvider extends DelegatingProvider {
  private final Function<AutoTrainYamlOptions, JobReference> files;

  AutoTrainProvider(HuggingFaceRunner runner, Function<AutoTrainYamlOptions, JobReference> files) {
    super(runner);
    this.files = files;
  }

  /**
   * Returns settings of a provider that trains with AutoTrain 0.8.36 in processes on this machine
   * and serves models here.
   *
   * @param directory the folder of jobs, results and deployments; created when needed
   */
  public static AutoTrainLocalOptions local(Path directory) {
    return new AutoTrainLocalOptions(directory);
  }

  /**
   * Returns settings of a provider that trains with AutoTrain in Docker Spaces, one private Space
   * for each job; AutoTrain's own service loses the models that it trains. Serves models as {@link
   * HuggingFaceProvider#onJobs} does. A Space is billed by the hour from its start. Its program
   * pauses it when training ends, and the first call that sees the end of the job deletes it. A
   * forgotten Space sleeps half an hour after the time set in the options, except on the free
   * machine, which is not billed.
   *
   * @param token supplies the Hub token, which must be allowed to write repositories and Spaces;
   *     passed to Spaces as a secret
   */
  public static HuggingFaceJobsOptions<AutoTrainProvider> onSpaces(Supplier<String> token) {
    return new HuggingFaceJobsOptions<AutoTrainProvider>(token, AutoTrainProvider::inSpaces)
        .image("ghcr.io/astral-sh/uv:python3.11-bookworm");
  }

  private static AutoTrainProvider inSpaces(HuggingFaceJobsOptions<AutoTrainProvider> options) {
    SpacesRunner runner = new SpacesRunner(options);
    return new AutoTrainProvider(runner, runner::submit);
  }

  /**
   * Creates one job from an AutoTrain configuration file; costs the same as a job from a request.
   *
   * @throws dev.finetune4j.error.UnsupportedCapabilityException if the provider does not support
   *     what the file requests
   */
  public JobHandle submit(AutoTrainYamlOptions file) {
    requireOpen();
    return job(files.apply(file));
  }
}
