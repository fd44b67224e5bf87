package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one alternative, in a storage or in memory only. Each sample is appended before
 * its thread asks the next question, so that it survives the death of the process, and forced to
 * disk right after on another thread, so that a crash of the machine loses a few at most.
 * Thread-safe.
 */
final class SampleStore implements AutoCloseable {
  private static final String ASKED = "asked";
  private static final String SAMPLE = "sample";
  private static final String BATCHES = "batches";
  private static final String GRADER_VERSIONS = "graderVersions";

  private final SampleStorage.@Nullable Records records;
  private final ExecutorService forcing = Executors.newSingleThreadExecutor(SampleStore::thread);
  private final AtomicBoolean isForcePlanned = new AtomicBoolean();
  private final Map<SampleKey, SampleResult> samples = new TreeMap<>();
  private final Set<SampleKey> underWay = new HashSet<>();
  private final List<SentBatch> batches = new ArrayList<>();
  private Instant startedAt = Instant.EPOCH;
  private volatile @Nullable UncheckedIOException failure;

  private SampleStore(SampleStorage.@Nullable Records records) {
    this.records = records;
  }

  /** Returns a store that keeps nothing beyond this run. */
  static SampleStore inMemory(Instant now) {
    SampleStore store = new SampleStore(null);
    store.startedAt = now;
    return store;
  }

  /**
   * Opens the samples of an evaluation, or starts with none.
   *
   * @throws UncheckedIOException if the storage fails
   * @throws IllegalStateException if another evaluation is writing to it, or it holds scores of a
   *     grader with this name and another version
   * @throws JsonSyntaxException if a line is damaged; the message says which and what to do
   */
  static SampleStore open(SampleStorage storage, Key key, Instant now) {
    SampleStorage.Records records = storage.open(key.fileName());
    try {
      SampleStore store = new SampleStore(records);
      store.readAll(records, key, now);
      return store;
    } catch (JsonSyntaxException | DateTimeException e) {
      records.close();
      throw new JsonSyntaxException(
          e.getMessage() + SampleFolder.DAMAGED_LINE + " File: " + records.place());
    } catch (RuntimeException e) {
      records.close();
      throw e;
    }
  }

  /**
   * What samples are stored under: data, alternative, request settings and graders.
   *
   * @param parts what the name of the file stands for
   * @param versions the versions of the graders that have one, by name
   * @param fileName the name of the file, without its extension
   */
  record Key(JsonObject parts, JsonObject versions, String fileName) {
    private static final int LONGEST_NAME = 40;
    private static final int HASH_CHARACTERS = 16;

    static Key of(EvaluationSettings settings, String name, Fingerprint fingerprint) {
      JsonObject request = JsonObject.empty();
      settings.maximumTokens.ifPresent(tokens -> request.put("maximumTokens", (long) tokens));
      settings.temperature.ifPresent(value -> request.put("temperature", value));
      JsonObject parts =
          JsonObject.empty()
              .put("name", name)
              .put("fingerprint", fingerprint.value())
              .put("request", request)
              .put("graders", settings.graders.keySet().stream().toList());
      String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      String hash = AnswerCache.hash(parts).substring(0, HASH_CHARACTERS);
      JsonObject versions = JsonObject.empty();
      settings.graders.forEach(
          (grader, code) -> {
            if (!code.version().isEmpty()) {
              versions.put(grader, code.version());
            }
          });
      return new Key(
          parts, versions, word.substring(0, Math.min(LONGEST_NAME, word.length())) + "-" + hash);
    }
  }

  /**
   * Questions that were sent together.
   *
   * @param ids the service's ids of the batches
   * @param keys the samples in them
   */
  record SentBatch(List<String> ids, List<SampleKey> keys) {
    private static SentBatch read(JsonObject json) {
      return new SentBatch(
          json.list("ids").stream().map(String::valueOf).toList(),
          json.objects("samples").stream().map(SampleJson::readKey).toList());
    }
  }

  private void readAll(SampleStorage.Records from, Key key, Instant now) {
    List<String> lines = from.records();
    if (lines.isEmpty()) {
      startedAt = now;
      JsonObject header = JsonObject.of(key.parts().asMap());
      append(
          header
              .put("version", 1L)
              .put("startedAt", now.toString())
              .put(GRADER_VERSIONS, key.versions()));
      from.force();
      return;
    }
    JsonObject header = Json.parseObject(lines.get(0));
    startedAt = Instant.parse(header.requireString("startedAt"));
    header
        .findObject(GRADER_VERSIONS)
        .ifPresent(stored -> requireSameVersions(stored, key.versions(), from.place()));
    for (String text : lines.subList(1, lines.size())) {
      JsonObject line = Json.parseObject(text);
      line.findObject(ASKED).ifPresent(asked -> underWay.add(SampleJson.readKey(asked)));
      line.findObject(SAMPLE).map(SampleJson::read).ifPresent(this::keep);
      line.findObject(BATCHES).map(SentBatch::read).ifPresent(batches::add);
    }
  }

  /** Scores of a grader with other parameters must not count as those of this one. */
  private static void requireSameVersions(JsonObject stored, JsonObject now, String place) {
    Set<String> names = new TreeSet<>(stored.asMap().keySet());
    names.addAll(now.asMap().keySet());
    for (String name : names) {
      String old = stored.findString(name).orElse("");
      String current = now.findString(name).orElse("");
      if (!old.equals(current)) {
        throw new IllegalStateException(
            ("The samples in %s were graded by another \"%s\": its version was \"%s\" and is"
                    + " now \"%s\". Give the grader another name, or delete the file.")
                .formatted(place, name, Grade.excerpt(old), Grade.excerpt(current)));
      }
    }
  }

  private void keep(SampleResult sample) {
    samples.put(sample.key(), sample);
    underWay.remove(sample.key());
  }

  /** Returns when the first run started. */
  Instant startedAt() {
    return startedAt;
  }

  /** Returns the samples that earlier runs finished. */
  Map<SampleKey, SampleResult> kept() {
    return samples;
  }

  /** Returns the samples that were being asked when an earlier run died. */
  Set<SampleKey> underWay() {
    return underWay;
  }

  /** Returns the batches that earlier runs sent. */
  List<SentBatch> batches() {
    return batches;
  }

  /** Records that a sample is being asked; survives the death of the process. */
  void asking(SampleKey key) {
    if (records != null) {
      append(JsonObject.empty().put(ASKED, SampleJson.write(key)));
    }
  }

  /** Stores a sample. When this returns, it survives the death of the process. */
  void finished(SampleResult sample) {
    if (records != null) {
      append(JsonObject.empty().put(SAMPLE, SampleJson.write(sample)));
      if (isForcePlanned.compareAndSet(false, true)) {
        forcing.execute(this::force);
      }
    }
  }

  /** Stores a sent batch. When this returns, it survives a crash of the machine. */
  void sent(SentBatch batch) {
    if (records != null) {
      append(
          JsonObject.empty()
              .put(
                  BATCHES,
                  JsonObject.empty()
                      .put("ids", batch.ids())
                      .put(
                          "samples",
                          batch.keys().stream()
                              .map(key -> SampleJson.write(key).asMap())
                              .toList())));
      force();
      requireForced();
    }
  }

  private void append(JsonObject record) {
    requireForced();
    if (records != null) {
      records.append(record.toString());
    }
  }

  /** Forces everything written so far; samples that arrive meanwhile share the next call. */
  private void force() {
    isForcePlanned.set(false);
    try {
      if (records != null) {
        records.force();
      }
    } catch (UncheckedIOException e) {
      // close() has already forced everything.
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
    if (records != null) {
      records.close();
    }
  }
}
