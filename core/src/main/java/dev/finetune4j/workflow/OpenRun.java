package dev.finetune4j.workflow;

import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one run while this process has it open. */
final class OpenRun implements AutoCloseable {
  private final FileChannel lock;
  private final RecordFile file;
  private final List<JournalEntry> entries = new ArrayList<>();

  private OpenRun(FileChannel lock, RecordFile file) {
    this.lock = lock;
    this.file = file;
  }

  static OpenRun open(RunId run, Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (tryLock(lock) == null) {
        throw new JournalException(
            "Run " + run + " is open elsewhere. Wait for it to end, or use another run id.", null);
      }
      OpenRun opened = new OpenRun(lock, RecordFile.open(folder.resolve("journal.jsonl")));
      opened.readEntries(run);
      return opened;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  List<JournalEntry> entries() {
    return entries;
  }

  void append(JournalEntry entry) throws IOException {
    if (file.records().isEmpty()) {
      file.append(JournalJson.header());
    }
    file.append(JournalJson.encode(entry));
    entries.add(entry);
  }

  @Override
  public void close() {
    try {
      file.close();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readEntries(RunId run) {
    List<JsonObject> records = file.records();
    if (records.isEmpty()) {
      return;
    }
    JournalJson.requireKnownVersion(run, records.get(0));
    for (JsonObject record : records.subList(1, records.size())) {
      JournalEntry entry = JournalJson.decode(record);
      JournalTransition.require(run, entries, entry);
      entries.add(entry);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }
}
