package dev.finetune4j.providerkit.process;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;

/**
 * The content of {@code process.json}: the child that was started last.
 *
 * @param process its identity
 * @param attempt how many children the job has had, this one included
 * @param failures how many in a row, this one not included, died without getting further
 * @param progress how far the job was when this child was started
 */
record ChildRecord(ProcessIdentity process, int attempt, int failures, String progress) {

  static Optional<ChildRecord> find(JobFolder folder) throws IOException {
    try {
      JsonObject object = Json.parseObject(Files.readString(folder.processFile()));
      ProcessIdentity process =
          new ProcessIdentity(
              object.requireLong("pid"),
              Instant.ofEpochMilli(object.requireLong("started_at_millis")));
      return Optional.of(
          new ChildRecord(
              process,
              (int) object.requireLong("attempt"),
              (int) object.requireLong("failures"),
              object.findString("progress").orElse("")));
    } catch (NoSuchFileException | JsonSyntaxException noneToTrust) {
      return Optional.empty();
    }
  }

  static Optional<ProcessHandle> findRunning(JobFolder folder) throws IOException {
    return find(folder).flatMap(record -> record.process().findRunning());
  }

  void writeTo(JobFolder folder) throws IOException {
    String json =
        JsonObject.empty()
            .put("pid", process.pid())
            .put("started_at_millis", process.startedAt().toEpochMilli())
            .put("attempt", attempt)
            .put("failures", failures)
            .put("progress", progress)
            .toString();
    AtomicFile.write(folder.processFile(), json);
  }
}
