package dev.finetune4j.evaluation;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.UncheckedIOException;
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
 * The samples of one alternative in a storage. Each is written before its thread asks the next
 * question, so that it survives the death of the process, and forced right after, beside the
 * questions, so that a crash of the machine costs the last few at most. Thread-safe.
 */
final class SampleStore implements SampleKeeper {
  private static final String ASKED = "asked";
  private static final String SAMPLE = "sample";
  private static final String BATCHES = "batches";

  private final SampleStorage.Records records;
  private final ExecutorService forcing = Executors.newSingleThreadExecutor(SampleStore::thread);
  private final AtomicBoolean isForcePlanned = new AtomicBoolean();
  private final Map<SampleKey, SampleResult> samples = new TreeMap<>();
  private final Set<SampleKey> underWay = new HashSet<>();
  private final List<SentBatch> batches = new ArrayList<>();
  private Instant startedAt = Instant.EPOCH;
  private volatile @Nullable UncheckedIOException failure;

  private SampleStore(SampleStorage.Records records) {
    this.records = records;
  }

  /**
   * Opens what an evaluation has kept, or starts it.
   *
   * @throws UncheckedIOException if the storage fails
   * @throws IllegalStateException if another evaluation writes it
   * @throws JsonSyntaxException if a line is damaged; the message names it and says what to do
   */
  static SampleStore open(SampleStorage storage, StoreKey key, Instant now) {
    SampleStorage.Records records = storage.open(key.fileName());
    try {
      SampleStore store = new SampleStore(records);
      store.readAll(key, now);
      return store;
    } catch (JsonSyntaxException | DateTimeException e) {
      records.close();
      throw new JsonSyntaxException(
          e.getMessage()
              + " Take the line out, and its sample is asked again. File: "
              + records.place());
    } catch (RuntimeException e) {
      records.close();
      throw e;
    }
  }

  private void readAll(StoreKey key, Instant now) {
    List<String> lines = records.records();
    if (lines.isEmpty()) {
      startedAt = now;
      records.append(key.header(now).toString());
      records.force();
      return;
    }
    startedAt = Instant.parse(Json.parseObject(lines.get(0)).requireString("startedAt"));
    for (String text : lines.subList(1, lines.size())) {
      JsonObject line = Json.parseObject(text);
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
    records.append(record.toString());
  }

  /** Forces all that is written; samples that come meanwhile share the next force. */
  private void force() {
    isForcePlanned.set(false);
    try {
      records.force();
    } catch (UncheckedIOException e) {
      // After close() everything was forced already.
      failure = forcing.isShutdown() ? null : e;
    }
  }

  private void requireForced() {
    UncheckedIOException broken = failure;
    if (broken != null) {
      throw broken;
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "finetune4j-samples");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    forcing.shutdown();
    records.close();
  }

  static JsonObject json(SampleKey key) {
    return JsonObject.empty().put("index", key.index()).put("repetition", (long) key.repetition());
  }

  static SampleKey key(JsonObject json) {
    return new SampleKey(
        json.requireLong("index"), Math.toIntExact(json.requireLong("repetition")));
  }
}
