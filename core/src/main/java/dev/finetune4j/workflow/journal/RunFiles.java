package dev.finetune4j.workflow.journal;

import dev.finetune4j.evaluation.SampleStorage;
import dev.finetune4j.internal.file.FileClaim;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.storage.AtomicFile;
import dev.finetune4j.storage.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The files of one run while this process has the claim on it. Thread-safe. */
final class RunFiles implements RunClaim {
  static final String JOURNAL = "journal.jsonl";
  static final String LOCK = "journal.lock";
  static final String CANCEL = "journal.cancel";
  static final String PROGRESS = "journal.progress";

  private final RunId run;
  private final Path folder;
  private final FileClaim claim;
  private final RecordFile file;
  private final List<JournalEntry> entries;
  private final Consumer<RunClaim> whenClosed;

  private RunFiles(
      RunId run, Path folder, FileClaim claim, RecordFile file, Consumer<RunClaim> whenClosed) {
    this.run = run;
    this.folder = folder;
    this.claim = claim;
    this.file = file;
    this.whenClosed = whenClosed;
    entries = new ArrayList<>(entries(run, file.records()));
  }

  /** Opens the files of a run; if that fails, the claim is given back. */
  static RunFiles open(RunId run, Path folder, FileClaim claim, Consumer<RunClaim> whenClosed)
      throws IOException {
    try {
      RecordFile file = RecordFile.open(folder.resolve(JOURNAL));
      try {
        return new RunFiles(run, folder, claim, file, whenClosed);
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  static List<JournalEntry> entries(RunId run, List<JsonObject> records) {
    List<JournalEntry> entries = new ArrayList<>();
    if (!records.isEmpty()) {
      JournalJson.requireKnownVersion(run, records.get(0));
      for (JsonObject record : records.subList(1, records.size())) {
        JournalEntry entry = JournalJson.decode(record);
        JournalTransition.require(run, entries, entry);
        entries.add(entry);
      }
    }
    return List.copyOf(entries);
  }

  static void writeCancelRequest(Path folder) throws IOException {
    AtomicFile.write(folder.resolve(CANCEL), "");
    AtomicFile.forceDirectory(folder);
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
        file.append(JournalJson.header());
      }
      file.append(JournalJson.encode(entry));
      entries.add(entry);
    } catch (IOException e) {
      throw new JournalException(
          "Cannot write the journal of run "
              + run
              + " in "
              + folder
              + ". Is the disk full? The run stopped before its next step and can be resumed.",
          e);
    }
  }

  @Override
  public synchronized void store(String name, String text) {
    FileJournal.requireName(name);
    requireHeld();
    try {
      AtomicFile.write(folder.resolve(name), text);
    } catch (IOException e) {
      throw new JournalException("Cannot write " + name + " of run " + run + ".", e);
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
      throw new JournalException("Cannot write the progress of run " + run + ".", e);
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
      throw RunOwners.lost(run);
    }
  }
}
