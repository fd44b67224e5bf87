package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.job.HubJobOperations;
import dev.finetune4j.huggingface.internal.job.JobsTraining;
import dev.finetune4j.huggingface.internal.job.TrainingOrder;
import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.util.List;
import java.util.Optional;

/** Jobs that run on Hugging Face's machines, by the recipe of those that run here. Thread-safe. */
final class HubRunner implements HuggingFaceRunner {
  private static final int LONGEST_START = 55;

  private final TrlTraining training;
  private final JobsTraining jobs;
  private final HubJobOperations operations;

  HubRunner(TrlTraining training, JobsTraining jobs, HubJobOperations operations) {
    this.training = training;
    this.jobs = jobs;
    this.operations = operations;
  }

  @Override
  public JobReference submit(FineTuningRequest request) {
    training.check(request);
    return jobs.submit(
        new TrainingOrder(
            request.submissionKey(),
            request.baseModel(),
            result(request),
            training.contents(request),
            TrlScripts.FOLDER + "/" + TrlScripts.RUNNER,
            packages()));
  }

  @Override
  public Optional<JobReference> find(SubmissionKey key) {
    return jobs.find(key);
  }

  @Override
  public JobOperations operations() {
    return operations;
  }

  /** Returns the name of the repository: of the base, the suffix and the key, at most 96 long. */
  private static String result(FineTuningRequest request) {
    String base = request.baseModel().substring(request.baseModel().lastIndexOf('/') + 1);
    String start = request.suffix().map(suffix -> base + "-" + suffix).orElse(base);
    return shortened(start) + "-" + request.submissionKey();
  }

  private static String shortened(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]", "-");
    return plain.substring(0, Math.min(LONGEST_START, plain.length()));
  }

  private static List<String> packages() {
    return TrlScripts.requirements()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
