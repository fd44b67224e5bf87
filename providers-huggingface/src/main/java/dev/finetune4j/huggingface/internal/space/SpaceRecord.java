package dev.finetune4j.huggingface.internal.space;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.huggingface.hub.HubCommit;
import dev.finetune4j.huggingface.hub.HubFile;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.internal.job.ServiceLog;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * The record of a job in the repository of its result: the request, the outcome and the log. It
 * remains when the Space is deleted. Thread-safe.
 */
final class SpaceRecord {
  /** The prefix of a job's name, which is shared by its Space and the repository of its result. */
  static final String PREFIX = "finetune4j-autotrain-";

  private static final String JOB = "finetune4j_job.json";
  private static final String OUTCOME = "finetune4j_outcome.json";
  private static final String LOG = "finetune4j_log.jsonl";
  private static final List<String> WEIGHTS =
      List.of("adapter_model.safetensors", "model.safetensors", "model.safetensors.index.json");

  private final HubRepository repository;

  SpaceRecord(HuggingFaceHub hub, String name) {
    repository = hub.repository(RepositoryId.model(name));
  }

  HubRepository repository() {
    return repository;
  }

  /** Returns whether the job was created completely. One request. */
  boolean isThere() {
    try {
      return !repository.files("main", List.of(JOB)).isEmpty();
    } catch (NotFoundException none) {
      return false;
    }
  }

  /** Returns the request. */
  JsonObject job() {
    return read(JOB);
  }

  /** Returns the outcome, empty while the job runs. */
  Optional<JsonObject> outcome() {
    List<HubFile> found = repository.files("main", List.of(OUTCOME));
    return found.isEmpty() ? Optional.empty() : Optional.of(read(OUTCOME));
  }

  /** Returns whether the result has weights. One request. */
  boolean hasWeights() {
    return !repository.files("main", WEIGHTS).isEmpty();
  }

  void writeJob(JsonObject job) {
    repository.commit(HubCommit.of("Request").text(JOB, job.toString()));
  }

  void writeOutcome(JsonObject outcome) {
    repository.commit(HubCommit.of("Outcome").text(OUTCOME, outcome.toString()));
  }

  /** Saves the log of the Space, which is deleted with it. */
  void writeLog(List<ServiceLog.Line> lines) {
    StringBuilder text = new StringBuilder();
    for (ServiceLog.Line line : lines) {
      JsonObject json = JsonObject.empty().put("data", line.text()).put("timestamp", line.at());
      text.append(json).append('\n');
    }
    repository.commit(HubCommit.of("Log").text(LOG, text.toString()));
  }

  /** Returns the saved log of the Space, or empty. */
  List<ServiceLog.Line> log() {
    if (repository.files("main", List.of(LOG)).isEmpty()) {
      return List.of();
    }
    return text(LOG)
        .lines()
        .map(Json::parseObject)
        .map(
            json ->
                new ServiceLog.Line(json.requireString("data"), json.requireString("timestamp")))
        .toList();
  }

  private JsonObject read(String name) {
    return Json.parseObject(text(name));
  }

  private String text(String name) {
    try {
      return Files.readString(repository.download("main", name));
    } catch (IOException e) {
      throw TrlErrors.unreadable(name + " of " + repository.id(), e);
    }
  }
}
