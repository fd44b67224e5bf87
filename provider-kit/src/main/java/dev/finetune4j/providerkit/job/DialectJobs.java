package dev.finetune4j.providerkit.job;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Query;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a service that speaks the dialect, one call each. A verb whose capability the
 * provider does not declare is refused before any request. Blocking and thread-safe; the transport
 * belongs to the caller.
 */
public final class DialectJobs implements JobOperations {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 1_000;

  private final HttpTransport transport;
  private final JobDialect dialect;
  private final Set<Capability> capabilities;
  private final JobAnswers answers;
  private final JobKeys keys;

  /**
   * Makes the calls of one provider.
   *
   * @param capabilities what the provider declares
   */
  public DialectJobs(HttpTransport transport, JobDialect dialect, Set<Capability> capabilities) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.dialect = Objects.requireNonNull(dialect, "dialect");
    this.capabilities = Set.copyOf(capabilities);
    answers = new JobAnswers(dialect);
    keys = new JobKeys(dialect);
  }

  /**
   * Refuses a request that the service cannot express, or with values that it would refuse. No
   * request; reads the data only if the service takes no tools or no images.
   *
   * @throws UnsupportedCapabilityException if the dialect has no word for a part of it; names all
   * @throws InvalidRequestException if a figure is out of its range; names all
   */
  public void check(FineTuningRequest request) {
    RequestCheck.require(request, dialect, capabilities);
  }

  @Override
  public FineTuningJob fetch(JobReference job) {
    return transport.send(ApiRequest.get(path(), job.id())).json(answers::job);
  }

  @Override
  public FineTuningJob cancel(JobReference job) {
    require(Capability.CANCEL_JOB, "cancelling a job");
    return act(job, "cancel", found -> found.status().isTerminal());
  }

  @Override
  public FineTuningJob pause(JobReference job) {
    require(Capability.PAUSE_JOB, "pausing a job");
    return act(
        job,
        "pause",
        found -> found.status() == JobStatus.PAUSED || found.providerStatus().equals("pausing"));
  }

  @Override
  public FineTuningJob resume(JobReference job) {
    require(Capability.PAUSE_JOB, "resuming a job");
    return act(
        job,
        "resume",
        found -> found.status() == JobStatus.QUEUED || found.status() == JobStatus.RUNNING);
  }

  /** Returns what is newer than the cursor; one request for each 100 events of it. */
  @Override
  public EventPage events(JobReference job, Optional<String> cursor) {
    require(Capability.JOB_EVENTS, "reading a job's events");
    ApiRequest call = ApiRequest.get(path() + "/events", job.id());
    return EventHistory.read(
        cursor, after -> transport.send(call.query(page(after))).json(answer -> answer));
  }

  @Override
  public List<Checkpoint> checkpoints(JobReference job) {
    require(Capability.CHECKPOINTS, "listing checkpoints");
    ApiRequest call = ApiRequest.get(path() + "/checkpoints", job.id());
    List<Checkpoint> newestFirst = new ArrayList<>();
    String after = null;
    for (int number = 0; number < MOST_PAGES; number++) {
      JsonObject answer = transport.send(call.query(page(after))).json(json -> json);
      List<JsonObject> items = answer.objects("data");
      items.forEach(item -> newestFirst.add(EventAnswers.checkpoint(item)));
      after = Members.lastId(items).orElse(null);
      if (after == null || !answer.findBoolean("has_more").orElse(false)) {
        break;
      }
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  @Override
  public JobPage list(Optional<String> cursor) {
    require(Capability.LIST_JOBS, "listing jobs");
    return list(page(cursor.orElse(null)));
  }

  /**
   * Returns the job that was submitted under {@code key}, the oldest if there were several. One
   * request where the key is in the metadata; else one for each 100 jobs of the account, down to
   * the job. Always empty where jobs cannot be listed.
   */
  public Optional<FineTuningJob> find(SubmissionKey key) {
    List<FineTuningJob> found = findAll(key);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  /** Returns whether jobs can be looked for at all. */
  boolean canFind() {
    return capabilities.contains(Capability.LIST_JOBS);
  }

  /** Returns all jobs that carry the key, newest first; none where jobs cannot be listed. */
  List<FineTuningJob> findAll(SubmissionKey key) {
    if (!canFind()) {
      return List.of();
    }
    Query filter =
        keys.areInMetadata()
            ? Query.of("metadata[" + JobKeys.METADATA_NAME + "]", key.value())
            : Query.empty();
    List<FineTuningJob> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int number = 0; number < MOST_PAGES; number++) {
      JobPage page = list(filter.and("limit", PAGE).andIfPresent("after", cursor.orElse(null)));
      // A server may not know the filter and answer with every job, so each is looked at.
      page.jobs().stream()
          .filter(job -> job.submissionKey().filter(key.value()::equals).isPresent())
          .forEach(found::add);
      cursor = page.cursor();
      if (cursor.isEmpty() || (!keys.areInMetadata() && !found.isEmpty())) {
        break;
      }
    }
    return found;
  }

  /**
   * Returns the figures of the job's result file, in the order of the file; none if there is no
   * such file yet. Two requests.
   */
  public List<TrainingMetrics> results(JobReference job) {
    List<String> files =
        transport
            .send(ApiRequest.get(path(), job.id()))
            .json(json -> Members.texts(json, "result_files"));
    return files.isEmpty()
        ? List.of()
        : ResultFile.read(
            transport.send(ApiRequest.get("files/{file}/content", files.get(0))).text());
  }

  /** Creates a job. Sent once, whatever comes back. */
  FineTuningJob create(JsonObject body) {
    return transport.send(ApiRequest.post(dialect.jobsPath()).json(body)).json(answers::job);
  }

  JobDialect dialect() {
    return dialect;
  }

  /** Asks for a change; one that is refused because it is so already is no error. */
  private FineTuningJob act(JobReference job, String verb, Predicate<FineTuningJob> isSo) {
    try {
      return transport
          .send(ApiRequest.post(path() + "/" + verb, job.id()).idempotency(Idempotency.SAFE))
          .json(answers::job);
    } catch (InvalidRequestException refused) {
      FineTuningJob found = fetch(job);
      if (isSo.test(found)) {
        return found;
      }
      throw refused;
    }
  }

  private JobPage list(Query query) {
    return transport.send(ApiRequest.get(dialect.jobsPath()).query(query)).json(answers::page);
  }

  private String path() {
    return dialect.jobsPath() + "/{job}";
  }

  private static Query page(@Nullable String after) {
    return Query.of("limit", PAGE).andIfPresent("after", after);
  }

  private void require(Capability capability, String what) {
    if (!capabilities.contains(capability)) {
      throw new UnsupportedCapabilityException(
          dialect.provider(), what, "Ask for it where the service has it.");
    }
  }
}
