package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.Time;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.Visibility;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.SubmissionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Creates one job per submission key, even if responses are lost: its folder is committed to a
 * private data set and mounted at that commit, and the key is a label. After a lost response the
 * job is looked for before it is created again, and the older of two jobs with one key is kept.
 * Thread-safe.
 */
public final class JobsTraining {
  private static final String MOUNT = "/finetune4j";
  private static final List<Duration> LOOKS =
      Stream.of(1, 2, 4, 8, 15).map(Duration::ofSeconds).toList();
  private static final int CREATIONS = 3;

  private final HuggingFaceHub hub;
  private final JobsApi jobs;
  private final JobFolders folders;
  private final JobsSettings settings;
  private final Time time;

  /** Creates an instance for one account. */
  public JobsTraining(HuggingFaceHub hub, JobsApi jobs, JobsSettings settings, Time time) {
    this.hub = hub;
    this.jobs = jobs;
    folders = new JobFolders(hub, jobs::namespace);
    this.settings = settings;
    this.time = time;
  }

  /** Returns the job with a key, the oldest of several, or empty. One request. */
  public Optional<JobReference> find(SubmissionKey key) {
    return all(key).stream().findFirst().map(JobAnswers::reference);
  }

  /** Creates the job, which is billed, or returns the one with its key. Blocking. */
  public synchronized JobReference submit(TrainingOrder order) {
    List<JsonObject> there = all(order.key());
    if (!there.isEmpty()) {
      return settle(there);
    }
    requireFlavor();
    String result = jobs.namespace() + "/" + order.result();
    hub.repository(RepositoryId.model(result)).create(Visibility.PRIVATE);
    String commit =
        folders.commit(order.key(), order.contents(), Map.of(JobScript.NAME, JobScript.text()));
    JsonObject body = body(order, result, commit);
    for (int created = 1; ; created++) {
      JsonObject own;
      try {
        own = jobs.run(body);
      } catch (ProviderUnavailableException e) {
        Optional<JobReference> landed = look(order.key());
        if (landed.isPresent()) {
          return landed.get();
        } else if (created == CREATIONS) {
          throw e;
        }
        continue;
      }
      return settle(JobAnswers.withOwn(all(order.key()), own));
    }
  }

  private void requireFlavor() {
    List<String> names = jobs.flavors().stream().map(Flavor::name).toList();
    if (!names.contains(settings.flavor())) {
      throw new InvalidRequestException(
          ProviderFailure.of(
              HuggingFaceHub.HUGGING_FACE,
              "Unknown machine \"" + settings.flavor() + "\"; available are " + names + "."));
    }
  }

  private JsonObject body(TrainingOrder order, String result, String commit) {
    List<String> command = new ArrayList<>(List.of("uv", "run"));
    order.packages().forEach(name -> command.addAll(List.of("--with", name)));
    command.addAll(List.of("python", MOUNT + "/" + JobScript.NAME, MOUNT, order.runner(), result));
    JsonObject volume =
        JsonObject.empty()
            .put("type", "dataset")
            .put("source", folders.repository())
            .put("mountPath", MOUNT)
            .put("revision", commit)
            .put("readOnly", true)
            .put("path", order.key().value());
    return JsonObject.empty()
        .put("command", command)
        .put("arguments", List.of())
        .put(
            "environment",
            JsonObject.empty()
                .put("PYTHONUNBUFFERED", "1")
                .put(JobAnswers.BASE, order.baseModel())
                .put(JobAnswers.RESULT, result))
        .put("flavor", settings.flavor())
        .put("secrets", JsonObject.empty().put("HF_TOKEN", settings.token().get()))
        .put("timeoutSeconds", settings.timeout().toSeconds())
        .put(
            "labels",
            JsonObject.empty()
                .put(HubJobOperations.LABEL, HubJobOperations.TRAINING)
                .put(JobAnswers.KEY_LABEL, order.key().value())
                .put("name", "finetune4j-" + order.key()))
        .put("volumes", List.of(volume.asMap()))
        .put("dockerImage", settings.image());
  }

  /**
   * Looks for a job whose creation was not confirmed, several times because the list may be
   * delayed.
   */
  private Optional<JobReference> look(SubmissionKey key) {
    for (Duration pause : LOOKS) {
      try {
        time.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProviderUnavailableException(
            ProviderFailure.of(
                HuggingFaceHub.HUGGING_FACE,
                "The thread was interrupted while looking for job " + key + "."),
            e);
      }
      Optional<JobReference> found = find(key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Keeps the oldest job with a key and cancels others. */
  private JobReference settle(List<JsonObject> oldestFirst) {
    for (JsonObject job : oldestFirst.subList(1, oldestFirst.size())) {
      if (!JobAnswers.status(JobAnswers.stage(job)).isTerminal()) {
        jobs.cancel(job.requireString("id"));
      }
    }
    return JobAnswers.reference(oldestFirst.get(0));
  }

  private List<JsonObject> all(SubmissionKey key) {
    return JobAnswers.oldestFirst(jobs.list(JobAnswers.KEY_LABEL, key.value(), null).jobs());
  }
}
