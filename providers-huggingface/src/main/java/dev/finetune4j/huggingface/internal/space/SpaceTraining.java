package dev.finetune4j.huggingface.internal.space;

import dev.finetune4j.Time;
import dev.finetune4j.huggingface.hub.HubCommit;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.RepositoryKind;
import dev.finetune4j.huggingface.hub.Visibility;
import dev.finetune4j.huggingface.internal.job.JobFolders;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.training.SubmissionKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Creates one Space per submission key. Its name is derived from the key and every step is
 * idempotent, so an interrupted call can simply be repeated. Thread-safe.
 */
public final class SpaceTraining {
  private final HuggingFaceHub hub;
  private final SpacesApi spaces;
  private final JobFolders folders;
  private final Supplier<String> owner;
  private final SpaceSettings settings;
  private final Time time;

  /**
   * Creates an instance for one account.
   *
   * @param owner the owner of the Spaces, who is billed
   */
  public SpaceTraining(
      HuggingFaceHub hub, Supplier<String> owner, SpaceSettings settings, Time time) {
    this.hub = hub;
    this.owner = owner;
    this.settings = settings;
    this.time = time;
    spaces = new SpacesApi(hub);
    folders = new JobFolders(hub, owner);
  }

  /** Returns the job with a key, empty if none was created completely. One request. */
  public Optional<JobReference> find(SubmissionKey key) {
    String name = name(key);
    return new SpaceRecord(hub, name).isThere()
        ? Optional.of(new JobReference(HuggingFaceHub.HUGGING_FACE, name))
        : Optional.empty();
  }

  /** Creates the job, which is billed, or returns the one with its key. A few requests. */
  public JobReference submit(SpaceOrder order) {
    Optional<JobReference> there = find(order.key());
    if (there.isPresent()) {
      return there.get();
    }
    String name = name(order.key());
    SpaceRecord record = new SpaceRecord(hub, name);
    record.repository().create(Visibility.PRIVATE);
    String commit = folders.commit(order.key(), order.contents(), Map.of());
    HubRepository space = hub.repository(new RepositoryId(RepositoryKind.SPACE, name));
    space.create(Visibility.PRIVATE);
    spaces.secret(name, "HF_TOKEN", settings.token().get());
    spaces.variable(name, "FINETUNE4J_DATA", folders.repository());
    spaces.variable(name, "FINETUNE4J_COMMIT", commit);
    spaces.variable(name, "FINETUNE4J_KEY", order.key().value());
    spaces.variable(name, "FINETUNE4J_RESULT", name);
    spaces.variable(name, "FINETUNE4J_BASE_MODEL", order.baseModel());
    spaces.variable(name, "FINETUNE4J_SECONDS", String.valueOf(settings.timeout().toSeconds()));
    spaces.hardware(name, settings.flavor());
    if (!settings.flavor().equals("cpu-basic")) {
      // The sleep time of the free machine cannot be changed.
      spaces.sleepAfter(name, settings.timeout().plusMinutes(30));
    }
    HubCommit files = HubCommit.of("Job " + order.key());
    order.files().forEach(files::text);
    space.commit(files);
    record.writeJob(
        JsonObject.empty()
            .put("base_model", order.baseModel())
            .put("submission_key", order.key().value())
            .put("created_at", time.now().toString())
            .put("flavor", settings.flavor()));
    return new JobReference(HuggingFaceHub.HUGGING_FACE, name);
  }

  private String name(SubmissionKey key) {
    return owner.get() + "/" + SpaceRecord.PREFIX + key;
  }
}
