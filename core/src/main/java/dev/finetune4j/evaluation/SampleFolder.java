package dev.finetune4j.evaluation;

import dev.finetune4j.internal.file.FileClaim;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.storage.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Samples in a folder: one file for each key, a checksum on each line. Thread-safe. */
record SampleFolder(Path folder) implements SampleStorage {
  static final String DAMAGED_LINE = " Delete the line, and its sample is requested again.";

  @Override
  public Records open(String key) {
    Path path = folder.resolve(key + ".jsonl");
    try {
      Files.createDirectories(folder);
      FileClaim claim =
          FileClaim.take(folder.resolve(key + ".lock"), "process " + ProcessHandle.current().pid())
              .orElseThrow(() -> inUse(path));
      try {
        return new SampleFile(path, claim, RecordFile.open(path));
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
    } catch (JsonSyntaxException e) {
      throw new JsonSyntaxException(e.getMessage() + DAMAGED_LINE);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not store samples in " + path, e);
    }
  }

  private static IllegalStateException inUse(Path path) {
    return new IllegalStateException(
        "Another evaluation is writing to %s. Wait until it has ended, or use another folder."
            .formatted(path));
  }

  private static final class SampleFile implements Records {
    private final Path path;
    private final FileClaim claim;
    private final RecordFile file;

    SampleFile(Path path, FileClaim claim, RecordFile file) {
      this.path = path;
      this.claim = claim;
      this.file = file;
    }

    @Override
    public List<String> records() {
      return file.records().stream().map(JsonObject::toString).toList();
    }

    @Override
    public synchronized void append(String record) {
      try {
        file.write(Json.parseObject(record));
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public void force() {
      try {
        file.force();
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public String place() {
      return path.toString();
    }

    @Override
    public void close() {
      try (claim;
          file) {
        file.force();
      } catch (IOException e) {
        throw failed(e);
      }
    }

    private UncheckedIOException failed(IOException e) {
      return new UncheckedIOException(
          "Could not store a sample in %s. Check the disk space and run again; finished samples are"
                  .formatted(path)
              + " kept.",
          e);
    }
  }
}
