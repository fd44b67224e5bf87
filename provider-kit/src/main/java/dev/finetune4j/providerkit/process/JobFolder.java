package dev.finetune4j.providerkit.process;

import dev.finetune4j.job.JobStatus;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The folder of one job and its files. The package description says who writes which. Immutable;
 * the content of the folder may change at any time. Thread-safe.
 *
 * @param directory the folder
 */
public record JobFolder(Path directory) {
  /** The request's own name, also while a folder is being filled. */
  public static final String REQUEST = "request.json";

  private static final int LOG_TAIL_BYTES = 4_000;

  /** Makes the path absolute: a child has another working directory. */
  public JobFolder {
    directory = directory.toAbsolutePath().normalize();
  }

  /** Returns the name of the folder, which is the id of the job. */
  public String id() {
    return String.valueOf(directory.getFileName());
  }

  /** Returns whether there is such a job. One look at the disk. */
  public boolean exists() {
    return Files.isRegularFile(directory.resolve(REQUEST));
  }

  /**
   * Returns what is asked for. Reads one file.
   *
   * @throws JobFolderException if it is not there or not JSON
   */
  public JsonObject request() {
    Path file = directory.resolve(REQUEST);
    try {
      return Json.parseObject(Files.readString(file));
    } catch (IOException e) {
      throw JobFolderException.because("Reading " + file, e);
    } catch (JsonSyntaxException e) {
      throw new JobFolderException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the state; a job that has written none is {@link JobStatus#QUEUED}. Reads one file.
   *
   * @throws JobFolderException if it cannot be read
   */
  public JobState state() {
    Path file = directory.resolve("state.json");
    try {
      return JobState.parse(Files.readString(file));
    } catch (NoSuchFileException notYet) {
      return JobState.of(JobStatus.QUEUED, Instant.EPOCH);
    } catch (IOException e) {
      throw JobFolderException.because("Reading " + file, e);
    } catch (JsonSyntaxException damaged) {
      // Only a disk that lost a forced write gives this; the checkpoints decide where to resume.
      return JobState.of(JobStatus.QUEUED, Instant.EPOCH);
    }
  }

  /** Replaces the state. Only for the child, or while no child lives. */
  void write(JobState state) throws IOException {
    AtomicFile.write(directory.resolve("state.json"), state.toJson());
  }

  /** Returns the file of the events. */
  public Path events() {
    return directory.resolve("events.jsonl");
  }

  /** Returns the file of the child's output. */
  public Path log() {
    return directory.resolve("log.txt");
  }

  /** Returns the folder of the checkpoints, which may not exist yet. */
  public Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  /** Returns the folder of the results, which may not exist yet. */
  public Path output() {
    return directory.resolve("output");
  }

  Path processFile() {
    return directory.resolve("process.json");
  }

  Path lockFile() {
    return directory.resolve("starter.lock");
  }

  /** Returns whether the command was given. Reads the disk. */
  public boolean isRequested(JobCommand command) {
    return Files.exists(command.file(this));
  }

  void request(JobCommand command) throws IOException {
    Files.createDirectories(command.file(this).getParent());
    Files.writeString(command.file(this), "");
  }

  void withdraw(JobCommand command) throws IOException {
    Files.deleteIfExists(command.file(this));
  }

  /** Returns the end of the log, empty if there is no log. */
  String logTail() {
    try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
      long start = Math.max(0, file.length() - LOG_TAIL_BYTES);
      file.seek(start);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException noLog) {
      return "";
    }
  }
}
