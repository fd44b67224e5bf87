package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.Time;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.hub.HubCommit;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.Visibility;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.training.SubmissionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes one job on the service for one submission key, whatever happens to the answers: its folder
 * is committed to a private data set, pinned at that commit, and mounted; the key travels as a
 * label. A create call whose answer was lost is looked for before another is sent, and of two jobs
 * with one key the older stays. Thread-safe.
 */
public final class JobsTraining {
  private static final String DATA = "finetune4j-jobs";
  private static final String MOUNT = "/finetune4j";
  private static final List<Duration> LOOKS =
      Stream.of(1, 2, 4, 8, 15).map(Duration::ofSeconds).toList();
  private static final int CREATIONS = 3;

  private final HuggingFaceHub hub;
  private final JobsApi jobs;
  private final JobsSettings settings;
  private final Time time;

  /** Makes the trainings of one account. */
  public JobsTraining(HuggingFaceHub hub, JobsApi jobs, JobsSettings settings, Time time) {
    this.hub = hub;
    this.jobs = jobs;
    this.settings = settings;
    this.time = time;
  }

  /** Returns the job of a key: of several the oldest, empty if there is none. One request. */
  public Optional<JobReference> find(SubmissionKey key) {
    return all(key).stream().findFirst().map(JobAnswers::reference);
  }

  /** Makes the job, or returns the one of that key. Blocking; it costs from here on. */
  public synchronized JobReference submit(TrainingOrder order) {
    Optional<JobReference> there = find(order.key());
    if (there.isPresent()) {
      return there.get();
    }
    requireFlavor();
    String result = jobs.namespace() + "/" + order.result();
    hub.repository(RepositoryId.model(result)).create(Visibility.PRIVATE);
    JsonObject body = body(order, result, commit(order));
    for (int created = 1; ; created++) {
      try {
        return settle(order.key(), jobs.run(body));
      } catch (ProviderUnavailableException e) {
        Optional<JobReference> landed = look(order.key());
        if (landed.isPresent()) {
          return landed.get();
        } else if (created == CREATIONS) {
          throw e;
        }
      }
    }
  }

  private void requireFlavor() {
    List<String> names = jobs.flavors().stream().map(Flavor::name).toList();
    if (!names.contains(settings.flavor())) {
      throw new InvalidRequestException(
          ProviderFailure.of(
              HuggingFaceHub.HUGGING_FACE,
              "There is no machine \"" + settings.flavor() + "\"; there are " + names + "."));
    }
  }

  private String commit(TrainingOrder order) {
    HubRepository data = hub.repository(RepositoryId.dataset(jobs.namespace() + "/" + DATA));
    data.create(Visibility.PRIVATE);
    try {
      Path folder = Files.createTempDirectory("finetune4j-job");
      try {
        order.contents().writeTo(folder);
        HubCommit commit = HubCommit.of("Job " + order.key());
        commit.text(order.key() + "/" + JobScript.NAME, JobScript.text());
        for (Path file : files(folder)) {
          commit.file(
              order.key() + "/" + folder.relativize(file).toString().replace('\\', '/'), file);
        }
        return data.commit(commit).commit();
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new DataFileException("write", Path.of(order.key().value()), e);
    }
  }

  private JsonObject body(TrainingOrder order, String result, String commit) {
    List<String> command = new ArrayList<>(List.of("uv", "run"));
    order.packages().forEach(name -> command.addAll(List.of("--with", name)));
    command.addAll(List.of("python", MOUNT + "/" + JobScript.NAME, MOUNT, order.runner(), result));
    JsonObject volume =
        JsonObject.empty()
            .put("type", "dataset")
            .put("source", jobs.namespace() + "/" + DATA)
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

  /** Looks for a job whose creation was not confirmed, for as long as the list may lag. */
  private Optional<JobReference> look(SubmissionKey key) {
    for (Duration pause : LOOKS) {
      try {
        time.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProviderUnavailableException(
            ProviderFailure.of(
                HuggingFaceHub.HUGGING_FACE,
                "The thread was interrupted while it looked for job " + key + "."),
            e);
      }
      Optional<JobReference> found = find(key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Keeps the oldest job of a key and ends the others, should two have been made at once. */
  private JobReference settle(SubmissionKey key, JsonObject own) {
    List<JsonObject> all = all(key);
    for (int i = 1; i < all.size(); i++) {
      if (!JobAnswers.status(JobAnswers.stage(all.get(i))).isTerminal()) {
        jobs.cancel(all.get(i).requireString("id"));
      }
    }
    return JobAnswers.reference(all.isEmpty() ? own : all.get(0));
  }

  private List<JsonObject> all(SubmissionKey key) {
    return jobs.list(JobAnswers.KEY_LABEL, key.value(), null).jobs().stream()
        .sorted(
            Comparator.comparing(
                    (JsonObject job) -> JobAnswers.moment(job, "createdAt").orElse(Instant.EPOCH))
                .thenComparing(job -> job.requireString("id")))
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
