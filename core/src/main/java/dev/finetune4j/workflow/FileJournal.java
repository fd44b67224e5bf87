package dev.finetune4j.workflow;

import dev.finetune4j.internal.json.AtomicFile;
import dev.finetune4j.internal.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal on disk, one folder a run: {@code journal.jsonl} with a checksum on each line, forced
 * to the disk at each append, and the texts beside it, each replaced as a whole. A run is locked
 * while it is open, also against other processes; the lock goes with the process that held it.
 * Thread-safe.
 */
public final class FileJournal implements WorkflowJournal {
  private final Path directory;
  private final Map<RunId, OpenRun> runs = new HashMap<>();

  private FileJournal(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens a directory of runs, or starts it.
   *
   * @throws JournalException if it cannot be made
   */
  public static FileJournal open(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new JournalException("Cannot make the journal directory " + directory + ".", e);
    }
    return new FileJournal(directory);
  }

  /** Returns the folder of a run, whether the run was started or not. No I/O. */
  public Path directory(RunId run) {
    return directory.resolve(run.value());
  }

  @Override
  public Optional<Path> folder(RunId run) {
    return Optional.of(directory(run));
  }

  @Override
  public synchronized void append(RunId run, JournalEntry entry) {
    OpenRun open = open(run);
    JournalTransition.require(run, open.entries(), entry);
    try {
      open.append(entry);
    } catch (IOException e) {
      throw new JournalException(
          "Cannot write the journal of run "
              + run
              + " in "
              + directory(run)
              + ". Is the disk full? The run stopped before its next step and can be resumed.",
          e);
    }
  }

  @Override
  public synchronized List<JournalEntry> read(RunId run) {
    return Files.isDirectory(directory(run)) ? List.copyOf(open(run).entries()) : List.of();
  }

  @Override
  public synchronized void store(RunId run, String name, String text) {
    open(run);
    try {
      AtomicFile.write(textFile(run, name), text);
    } catch (IOException e) {
      throw new JournalException("Cannot write " + name + " of run " + run + ".", e);
    }
  }

  @Override
  public synchronized Optional<String> load(RunId run, String name) {
    Path file = textFile(run, name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new JournalException("Cannot read " + file + ".", e);
    }
  }

  @Override
  public synchronized void close() {
    runs.values().forEach(OpenRun::close);
    runs.clear();
  }

  private Path textFile(RunId run, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,99}")) {
      throw new IllegalArgumentException("Not a name for a stored text: \"" + name + "\"");
    }
    return directory(run).resolve(name);
  }

  private OpenRun open(RunId run) {
    OpenRun known = runs.get(run);
    if (known != null) {
      return known;
    }
    try {
      OpenRun opened = OpenRun.open(run, directory(run));
      runs.put(run, opened);
      return opened;
    } catch (IOException | JsonSyntaxException e) {
      throw new JournalException(
          "Cannot open the journal of run " + run + ": " + e.getMessage(), e);
    }
  }
}
