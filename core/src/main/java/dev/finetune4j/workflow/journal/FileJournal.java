package dev.finetune4j.workflow.journal;

import dev.finetune4j.Time;
import dev.finetune4j.internal.file.FileClaim;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.storage.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A journal on disk, one folder for each run: {@code journal.jsonl} with a checksum on each line,
 * forced to the disk at each append, and the texts beside it, each replaced as a whole. A claim is
 * a lock on a file, also against other processes; it goes with the process that held it.
 * Thread-safe.
 */
public final class FileJournal implements WorkflowJournal {
  private static final String NAME_OF_TEXT = "(?!journal\\.)[A-Za-z0-9][A-Za-z0-9.-]{0,99}";

  private final Path directory;
  private final List<RunClaim> claims = new CopyOnWriteArrayList<>();

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
  public List<RunId> runs() {
    try (Stream<Path> folders = Files.list(directory)) {
      return folders
          .filter(FileJournal::isRun)
          .map(folder -> new RunId(folder.getFileName().toString()))
          .sorted((a, b) -> a.value().compareTo(b.value()))
          .toList();
    } catch (IOException e) {
      throw new JournalException("Cannot list the runs in " + directory + ".", e);
    }
  }

  @Override
  public List<JournalEntry> read(RunId run) {
    Path file = directory(run).resolve(RunFiles.JOURNAL);
    try {
      return Files.exists(file) ? RunFiles.entries(run, RecordFile.read(file)) : List.of();
    } catch (IOException | JsonSyntaxException e) {
      throw cannotOpen(run, e);
    }
  }

  @Override
  public Optional<String> load(RunId run, String name) {
    return readText(textFile(run, name));
  }

  @Override
  public Optional<String> progress(RunId run) {
    return readText(directory(run).resolve(RunFiles.PROGRESS));
  }

  @Override
  public Optional<RunOwner> owner(RunId run) {
    try {
      return FileClaim.holder(directory(run).resolve(RunFiles.LOCK)).map(RunOwners::read);
    } catch (IOException e) {
      throw new JournalException("Cannot tell who has run " + run + ".", e);
    }
  }

  @Override
  public RunClaim claim(RunId run) {
    Path folder = directory(run);
    try {
      Files.createDirectories(folder);
      String us = RunOwners.write(RunOwners.thisProcess(Time.system().now()));
      Optional<FileClaim> claim = FileClaim.take(folder.resolve(RunFiles.LOCK), us);
      if (claim.isEmpty()) {
        throw RunOwners.heldBy(run, owner(run).orElseGet(() -> RunOwners.read("")));
      }
      RunClaim files = RunFiles.open(run, folder, claim.get(), claims::remove);
      claims.add(files);
      return files;
    } catch (IOException | JsonSyntaxException e) {
      throw cannotOpen(run, e);
    }
  }

  @Override
  public void requestCancel(RunId run) {
    try {
      Files.createDirectories(directory(run));
      RunFiles.writeCancelRequest(directory(run));
    } catch (IOException e) {
      throw new JournalException("Cannot write that run " + run + " is to be cancelled.", e);
    }
  }

  @Override
  public boolean isCancelRequested(RunId run) {
    return Files.exists(directory(run).resolve(RunFiles.CANCEL));
  }

  @Override
  public void close() {
    new ArrayList<>(claims).forEach(RunClaim::close);
  }

  static void requireName(String name) {
    if (!name.matches(NAME_OF_TEXT)) {
      throw new IllegalArgumentException(
          "The name of a stored text has 1 to 100 letters, digits, hyphens and dots, begins with a"
              + " letter or digit and not with \"journal.\", unlike \""
              + name
              + "\".");
    }
  }

  private Path textFile(RunId run, String name) {
    requireName(name);
    return directory(run).resolve(name);
  }

  private static boolean isRun(Path folder) {
    return RunId.isValid(folder.getFileName().toString())
        && (Files.exists(folder.resolve(RunFiles.LOCK))
            || Files.exists(folder.resolve(RunFiles.JOURNAL)));
  }

  private static Optional<String> readText(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    } catch (IOException e) {
      throw new JournalException("Cannot read " + file + ".", e);
    }
  }

  private static JournalException cannotOpen(RunId run, Exception e) {
    return new JournalException("Cannot open the journal of run " + run + ": " + e.getMessage(), e);
  }
}
