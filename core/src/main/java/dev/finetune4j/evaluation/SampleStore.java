package dev.finetune4j.evaluation;

import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.internal.json.JsonSyntaxException;
import dev.finetune4j.internal.json.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one alternative on disk. Each is written before its thread asks the next question,
 * so that it survives the death of the process, and forced right after, beside the questions, so
 * that a crash of the machine costs the last few at most. A line that was cut off is dropped.
 * Locked against other processes. Thread-safe.
 */
final class SampleStore implements SampleKeeper {
  private static final String ASKED = "asked";
  private static final String SAMPLE = "sample";
  private static final String BATCHES = "batches";

  private final Path path;
  private final FileChannel lock;
  private final RecordFile file;
  private final Object writing = new Object();
  private final ExecutorService forcing = Executors.newSingleThreadExecutor(SampleStore::thread);
  private final AtomicBoolean isForcePlanned = new AtomicBoolean();
  private final Map<SampleKey, SampleResult> samples = new TreeMap<>();
  private final Set<SampleKey> underWay = new HashSet<>();
  private final List<SentBatch> batches = new ArrayList<>();
  private Instant startedAt = Instant.EPOCH;
  private volatile @Nullable IOException failure;

  private SampleStore(Path path, FileChannel lock, RecordFile file) {
    this.path = path;
    this.lock = lock;
    this.file = file;
  }

  /**
   * Opens what an evaluation has kept, or starts it.
   *
   * @throws UncheckedIOException if the disk refuses
   * @throws IllegalStateException if another evaluation writes it
   * @throws JsonSyntaxException if a line is damaged; the message names it and says what to do
   */
  static SampleStore open(Path folder, StoreKey key, Instant now) {
    Path path = folder.resolve(key.fileName() + ".jsonl");
    try {
      Files.createDirectories(folder);
      FileChannel lock = lock(folder.resolve(key.fileName() + ".lock"), path);
      try {
        SampleStore store = new SampleStore(path, lock, RecordFile.open(path));
        store.readAll(key, now);
        return store;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (JsonSyntaxException | DateTimeException e) {
      throw new JsonSyntaxException(
          e.getMessage() + " Take the line out, and its sample is asked again. File: " + path);
    } catch (IOException e) {
      throw new UncheckedIOException("Samples cannot be kept in " + path, e);
    }
  }

  private static FileChannel lock(Path file, Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean isOurs = false;
    try {
      isOurs = channel.tryLock() != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      isOurs = false;
    } finally {
      if (!isOurs) {
        channel.close();
      }
    }
    if (!isOurs) {
      throw new IllegalStateException(
          "Another evaluation writes " + path + ". Wait for its end, or give it another folder.");
    }
    return channel;
  }

  private void readAll(StoreKey key, Instant now) throws IOException {
    List<JsonObject> records = file.records();
    if (records.isEmpty()) {
      startedAt = now;
      file.append(key.header(now));
      return;
    }
    startedAt = Instant.parse(records.get(0).requireString("startedAt"));
    for (JsonObject line : records.subList(1, records.size())) {
      line.findObject(ASKED).ifPresent(asked -> underWay.add(key(asked)));
      line.findObject(SAMPLE).map(SampleJson::read).ifPresent(this::keep);
      line.findObject(BATCHES).map(SentBatch::read).ifPresent(batches::add);
    }
  }

  private void keep(SampleResult sample) {
    samples.put(sample.key(), sample);
    underWay.remove(sample.key());
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public Map<SampleKey, SampleResult> kept() {
    return samples;
  }

  @Override
  public Set<SampleKey> underWay() {
    return underWay;
  }

  @Override
  public List<SentBatch> batches() {
    return batches;
  }

  @Override
  public void asking(SampleKey key) {
    write(JsonObject.empty().put(ASKED, json(key)));
  }

  @Override
  public void finished(SampleResult sample) {
    write(JsonObject.empty().put(SAMPLE, SampleJson.write(sample)));
    if (isForcePlanned.compareAndSet(false, true)) {
      forcing.execute(this::force);
    }
  }

  @Override
  public void sent(SentBatch batch) {
    write(JsonObject.empty().put(BATCHES, batch.write()));
    force();
    requireForced();
  }

  private void write(JsonObject record) {
    requireForced();
    synchronized (writing) {
      try {
        file.write(record);
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  /** Forces all that is written; samples that come meanwhile share the next force. */
  private void force() {
    isForcePlanned.set(false);
    try {
      file.force();
    } catch (IOException e) {
      // After close() everything was forced already.
      failure = forcing.isShutdown() ? null : e;
    }
  }

  private void requireForced() {
    IOException broken = failure;
    if (broken != null) {
      throw failed(broken);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "finetune4j-samples");
    thread.setDaemon(true);
    return thread;
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(
        "A sample cannot be kept in " + path + ". Is the disk full? Run again: what is kept stays.",
        e);
  }

  @Override
  public void close() {
    forcing.shutdown();
    try {
      file.force();
      file.close();
      lock.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  static JsonObject json(SampleKey key) {
    return JsonObject.empty().put("index", key.index()).put("repetition", (long) key.repetition());
  }

  static SampleKey key(JsonObject json) {
    return new SampleKey(
        json.requireLong("index"), Math.toIntExact(json.requireLong("repetition")));
  }
}
