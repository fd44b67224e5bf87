package dev.finetune4j.openai;

import dev.finetune4j.Time;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.job.DialectJobs;
import dev.finetune4j.providerkit.job.JobDialect;
import dev.finetune4j.providerkit.job.JobFiles;
import dev.finetune4j.providerkit.job.Submission;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.util.Optional;

/** Jobs at OpenAI: the dialect without deviations. Thread-safe. */
final class OpenAiJobs {
  private final DialectJobs operations;
  private final Submission submission;

  OpenAiJobs(
      HttpTransport transport, OpenAiCapabilities capabilities, JobFiles.Source files, Time time) {
    JobDialect dialect = JobDialect.builder(transport.provider()).build();
    operations = new DialectJobs(transport, dialect, capabilities.offered());
    submission = new Submission(operations, files, time);
  }

  DialectJobs operations() {
    return operations;
  }

  JobReference submit(FineTuningRequest request) {
    return submission.submit(request).reference();
  }

  Optional<JobReference> find(SubmissionKey key) {
    return operations.find(key).map(FineTuningJob::reference);
  }
}
