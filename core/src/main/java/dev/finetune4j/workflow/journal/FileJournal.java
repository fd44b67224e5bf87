package dev.finetune4j.workflow.journal;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.evaluation.SampleStorage;
import dev.finetune4j.internal.file.FileClaim;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.storage.AtomicFile;
import dev.finetune4j.storage.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A journal on disk, with one folder per run. It contains {@code journal.jsonl}, whose lines have a
 * checksum and are forced to disk one by one, and the stored texts, each replaced as a whole. A
 * claim is a file lock; the operating system releases it when the process ends. Thread-safe.
 */
public final class FileJournal implements WorkflowJournal {
  private static final String JOURNAL = "journal.jsonl";
  private static final String LOCK = "journal.lock";
  private static final String CANCEL = "journal.cancel";
  private static final String PROGRESS = "journal.progress";
  private static final String LEASES = ".leases"; // No id of a run: those start with no dot.

  private final Path directory;
  private final List<RunClaim> claims = new CopyOnWriteArrayList<>();

  private FileJournal(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the journal in {@code directory}, which is created if it does not exist.
   *
   * @throws JournalException if it cannot be created
   */
  public static FileJournal open(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new JournalException(
          "Cannot create the journal directory " + directory + ". Choose a writable one.", e);
    }
    return new FileJournal(directory);
  }

  /** Returns the folder of a run, which may not exist yet. No I/O. */
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
    Path file = directory(run).resolve(JOURNAL);
    try {
      return Files.exists(file) ? entries(run, RecordFile.read(file)) : List.of();
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
    return readText(directory(run).resolve(PROGRESS));
  }

  @Override
  public Optional<RunOwner> owner(RunId run) {
    try {
      return FileClaim.holder(directory(run).resolve(LOCK)).map(RunOwner::fromJson);
    } catch (IOException e) {
      throw new JournalException(
          "Cannot read the owner of run " + run + " in " + directory(run) + ".", e);
    }
  }

  @Override
  public RunClaim claim(RunId run) {
    Path folder = directory(run);
    try {
      Files.createDirectories(folder);
      String owner = RunOwner.thisProcess(Time.system().now()).toJson();
      Optional<FileClaim> claim = FileClaim.take(folder.resolve(LOCK), owner);
      if (claim.isEmpty()) {
        throw JournalException.claimedBy(run, owner(run).orElseGet(() -> RunOwner.fromJson("")));
      }
      RunClaim files = Claim.open(run, folder, claim.get(), claims::remove);
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
      AtomicFile.write(directory(run).resolve(CANCEL), "");
      AtomicFile.forceDirectory(directory(run));
    } catch (IOException e) {
      throw new JournalException(
          "Cannot write the cancellation request of run " + run + " in " + directory(run) + ".", e);
    }
  }

  @Override
  public boolean isCancelRequested(RunId run) {
    return Files.exists(directory(run).resolve(CANCEL));
  }

  /** Returns the registry in the folder {@code .leases} of this journal. */
  @Override
  public LeaseRegistry leases(Time time) {
    return FileLeaseRegistry.open(directory.resolve(LEASES), time);
  }

  @Override
  public void close() {
    new ArrayList<>(claims).forEach(RunClaim::close);
  }

  private Path textFile(RunId run, String name) {
    JournalLines.requireTextName(name);
    return directory(run).resolve(name);
  }

  private static boolean isRun(Path folder) {
    return RunId.isValid(folder.getFileName().toString())
        && (Files.exists(folder.resolve(LOCK)) || Files.exists(folder.resolve(JOURNAL)));
  }

  private static Optional<String> readText(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    } catch (IOException e) {
      throw new JournalException("Cannot read " + file + ".", e);
    }
  }

  private static JournalException cannotOpen(RunId run, Exception e) {
    return new JournalException("Cannot open the journal of run " + run + ": " + e.getMessage(), e);
  }

  private static List<JournalEntry> entries(RunId run, List<JsonObject> records) {
    List<JournalEntry> entries = new ArrayList<>();
    if (!records.isEmpty()) {
      JournalLines.requireKnownVersion(run, records.get(0));
      for (JsonObject record : records.subList(1, records.size())) {
        JournalEntry entry = JournalLines.decode(record);
        JournalTransition.require(run, entries, entry);
        entries.add(entry);
      }
    }
    return List.copyOf(entries);
  }

  /** The files of a claimed run. Thread-safe. */
  private static final class Claim implements RunClaim {

    private final RunId run;
    private final Path folder;
    private final FileClaim claim;
    private final RecordFile file;
    private final List<JournalEntry> entries;
    private final Consumer<RunClaim> whenClosed;

    private Claim(
        RunId run, Path folder, FileClaim claim, RecordFile file, Consumer<RunClaim> whenClosed) {
      this.run = run;
      this.folder = folder;
      this.claim = claim;
      this.file = file;
      this.whenClosed = whenClosed;
      entries = new ArrayList<>(entries(run, file.records()));
    }

    /** Opens the files of a run; closes {@code claim} if that fails. */
    static Claim open(RunId run, Path folder, FileClaim claim, Consumer<RunClaim> whenClosed)
        throws IOException {
      try {
        RecordFile file = RecordFile.open(folder.resolve(JOURNAL));
        try {
          return new Claim(run, folder, claim, file, whenClosed);
        } catch (RuntimeException e) {
          file.close();
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
    }

    @Override
    public RunId run() {
      return run;
    }

    @Override
    public synchronized void append(JournalEntry entry) {
      requireHeld();
      JournalTransition.require(run, entries, entry);
      try {
        if (file.records().isEmpty()) {
          file.append(JournalLines.header());
        }
        file.append(JournalLines.encode(entry));
        entries.add(entry);
      } catch (IOException e) {
        throw new JournalException(
            "Cannot write the journal of run "
                + run
                + " in "
                + folder
                + ". Check the disk space. The run has stopped and can be resumed.",
            e);
      }
    }

    @Override
    public synchronized void store(String name, String text) {
      JournalLines.requireTextName(name);
      requireHeld();
      try {
        AtomicFile.write(folder.resolve(name), text);
      } catch (IOException e) {
        throw new JournalException(
            "Cannot write " + folder.resolve(name) + ". Check the disk space.", e);
      }
    }

    @Override
    public synchronized void noteProgress(String text) {
      requireHeld();
      Path draft = folder.resolve(PROGRESS + ".tmp");
      try {
        Files.writeString(draft, text);
        Files.move(
            draft,
            folder.resolve(PROGRESS),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new JournalException(
            "Cannot write the progress of run " + run + " in " + folder + ".", e);
      }
    }

    @Override
    public Optional<SampleStorage> samples() {
      return Optional.of(SampleStorage.inFolder(folder.resolve("samples")));
    }

    @Override
    public synchronized void close() {
      whenClosed.accept(this);
      try (claim) {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void requireHeld() {
      if (!claim.isHeld()) {
        throw JournalException.claimLost(run);
      }
    }
  }
}
