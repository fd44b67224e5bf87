package dev.finetune4j.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.ProviderId;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Fine-tunes open models with Hugging Face's tools. The factory method decides where training runs;
 * requests and plans are the same everywhere:
 *
 * <pre>{@code
 * HuggingFaceProvider.local(Path.of("runs")).build()               // TRL on this machine, served here
 * HuggingFaceProvider.onJobs(token).flavor("a10g-large").build()   // TRL on Hugging Face Jobs, billed
 *
 * FineTuningRequest request = FineTuningRequest.supervised("HuggingFaceTB/SmolLM2-135M-Instruct", data);
 * ModelReference tuned = provider.submit(request).await().requireFineTunedModel();
 * }</pre>
 *
 * <p>A base model is the name of a repository on the Hub or, on this machine, a folder. Provider
 * options of a request are TRL's own settings, and also {@code merge}, {@code checkpoint_steps},
 * {@code threads}, {@code revision}, {@code chat_template} and {@code accelerate}. Unknown options
 * are refused. {@link AutoTrainProvider} runs existing AutoTrain configurations. Thread-safe.
 */
public final class HuggingFaceProvider extends DelegatingProvider {
  /** The short name of this provider. */
  public static final ProviderId ID = TrlErrors.PROVIDER;

  HuggingFaceProvider(HuggingFaceRunner runner) {
    super(runner);
  }

  /**
   * Returns settings of a provider that trains with TRL in processes on this machine, on its GPU or
   * CPU, and serves models here.
   *
   * <p>A job is a child process that outlives this application and can be found by its reference or
   * its submission key. If it dies, the next call that looks at the job restarts it from its last
   * checkpoint. Several providers and applications can share one directory.
   *
   * @param directory the folder of jobs, results and deployments; created when needed
   */
  public static HuggingFaceLocalOptions local(Path directory) {
    return new HuggingFaceLocalOptions(directory);
  }

  /**
   * Returns settings of a provider that trains with TRL on Hugging Face Jobs and serves models on
   * Inference Endpoints. Both bill the token's account.
   *
   * <p>A job's folder is committed to the account's private data set {@code finetune4j-jobs} and
   * mounted at that commit; its result goes to a new private model repository. The service ends a
   * job after the time set in the options; results not yet on the Hub are lost.
   *
   * @param token supplies the Hub token, which must be allowed to write repositories, run jobs and
   *     manage endpoints; passed to jobs as a secret
   */
  @Experimental
  public static HuggingFaceJobsOptions<HuggingFaceProvider> onJobs(Supplier<String> token) {
    return new HuggingFaceJobsOptions<>(
        token, options -> new HuggingFaceProvider(new JobsRunner(options)));
  }
}
