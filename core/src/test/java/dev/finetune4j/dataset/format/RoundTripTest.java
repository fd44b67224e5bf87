package dev.finetune4j.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.ExampleRecords;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writing an example in any format and reading it back gives the same example, or a report of what
 * the format cannot hold; also for what any other format has made of it before.
 */
final class RoundTripTest {
  private static final ColumnMapping MAPPING =
      ColumnMapping.of("{{question}}", "{{answer}}").withSystem("{{rules}}");
  private static final List<ExampleCodec<ChatExample>> CHATS =
      List.of(
          ExampleCodecs.openAiChat(),
          ExampleCodecs.promptCompletion(),
          ExampleCodecs.alpaca(),
          ExampleCodecs.shareGpt(),
          ExampleCodecs.columns(MAPPING),
          ExampleCodecs.columns(ColumnMapping.of("{{q}}", "{{a}}")));
  private static final List<ExampleCodec<PreferenceExample>> PAIRS =
      List.of(
          ExampleCodecs.openAiPreference(),
          ExampleCodecs.chosenRejected(),
          ExampleCodecs.alpacaPreference(),
          ExampleCodecs.shareGptPreference());
  private static final List<ExampleCodec<PromptExample>> PROMPTS =
      List.of(ExampleCodecs.openAiReinforcement(), ExampleCodecs.promptOnly());
  private static final List<ExampleCodec<PromptExample>> LABELLED =
      List.of(
          ExampleCodecs.openAiReinforcement(),
          ExampleCodecs.promptOnly(),
          ExampleCodecs.unpairedPreference());

  @TempDir Path folder;
  private final Set<String> unreported = new LinkedHashSet<>();

  @Test
  void everyPairOfFormatsKeepsTheExamplesOrReportsWhatIsLost() {
    all(400);
  }

  @Test
  @Tag("faults")
  void everyPairOfFormatsKeepsManyExamplesOrReportsWhatIsLost() {
    all(10_000);
  }

  private void all(int count) {
    check(CHATS, count, seed -> new GeneratedExamples(seed).chat());
    check(PAIRS, count, seed -> new GeneratedExamples(seed).pair());
    check(PROMPTS, count, seed -> new GeneratedExamples(seed).asked(false));
    check(LABELLED, count, seed -> new GeneratedExamples(seed).asked(true));
    assertThat(unreported.stream().limit(20)).isEmpty();
  }

  private <E extends Example> void check(
      List<ExampleCodec<E>> codecs, int count, Function<Long, E> maker) {
    for (ExampleCodec<E> first : codecs) {
      for (ExampleCodec<E> second : codecs) {
        int kept = 0;
        for (long seed = 0; seed < count; seed++) {
          long number = seed;
          E example = maker.apply(seed);
          Optional<E> between = written(first, example, seed);
          Optional<E> last = between.flatMap(read -> written(second, read, number));
          boolean same =
              last.isPresent() && ExampleRecords.of(last.get()).equals(ExampleRecords.of(example));
          kept += same ? 1 : 0;
        }
        assertThat(kept).as(first.name() + " to " + second.name()).isGreaterThan(count / 20);
      }
    }
  }

  /** Returns what is read of a written example; empty if it cannot be read, which is reported. */
  private <E extends Example> Optional<E> written(ExampleCodec<E> codec, E example, long seed) {
    List<String> lost = codec.lostInWriting(example);
    String line = codec.encode(example);
    E read;
    try {
      read = codec.decode(line);
    } catch (MalformedExampleException e) {
      if (lost.isEmpty()) {
        unreported.add(codec.name() + ", seed " + seed + ": " + line + ": " + e.getMessage());
      }
      return Optional.empty();
    }
    // Canonical records: an empty list of parts and an empty text are the same.
    Map<String, ?> expected = ExampleRecords.of(example);
    Map<String, ?> actual = ExampleRecords.of(read);
    if (lost.isEmpty() && !actual.equals(expected)) {
      unreported.add(
          codec.name() + ", seed " + seed + ": " + line + ": " + actual + ", not " + expected);
    }
    return Optional.of(read);
  }

  @Test
  void filesOfEveryKindKeepTheExamples() {
    List<ChatExample> chats =
        LongStream.range(0, 300).mapToObj(seed -> new GeneratedExamples(seed).chat()).toList();
    for (ExampleCodec<ChatExample> codec : CHATS) {
      Dataset<ChatExample> kept =
          Dataset.of(
              "d", chats.stream().filter(chat -> codec.lostInWriting(chat).isEmpty()).toList());
      Path lines = folder.resolve("a.jsonl.gz");
      Path array = folder.resolve("a.json");

      assertThat(JsonlFile.write(kept, lines, codec).isLossless()).isTrue();
      assertThat(JsonArrayFile.write(kept, array, codec).isLossless()).isTrue();

      assertThat(JsonlFile.read(lines, codec).fingerprint()).isEqualTo(kept.fingerprint());
      assertThat(JsonArrayFile.read(array, codec).fingerprint()).isEqualTo(kept.fingerprint());
    }
    ExampleCodec<ChatExample> columns = ExampleCodecs.columns(MAPPING);
    Dataset<ChatExample> flat =
        Dataset.of(
            "d", chats.stream().filter(chat -> columns.lostInWriting(chat).isEmpty()).toList());
    Path table = folder.resolve("a.csv");

    CsvFile.write(flat, table, TableFormat.TSV.withQuote('\''), MAPPING);

    assertThat(flat.size()).isGreaterThan(20);
    assertThat(CsvFile.read(table, TableFormat.TSV.withQuote('\''), MAPPING).fingerprint())
        .isEqualTo(flat.fingerprint());
  }

  @Test
  void openAisFormatsLoseNothingAndTheOthersNameWhatTheyLose() {
    Map<String, List<String>> lost = new TreeMap<>();
    for (long seed = 0; seed < 3_000; seed++) {
      ChatExample chat = new GeneratedExamples(seed).chat();
      CHATS.forEach(codec -> collect(lost, codec, chat));
      PreferenceExample pair = new GeneratedExamples(seed).pair();
      PAIRS.forEach(codec -> collect(lost, codec, pair));
      PromptExample asked = new GeneratedExamples(seed).asked(true);
      LABELLED.forEach(codec -> collect(lost, codec, asked));
    }

    assertThat(lost)
        .containsOnlyKeys(
            "alpaca",
            "alpaca-preference",
            "chosen-rejected",
            "columns",
            "prompt-completion",
            "prompt-only",
            "sharegpt",
            "sharegpt-preference",
            "unpaired-preference");
  }

  private static <E extends Example> void collect(
      Map<String, List<String>> lost, ExampleCodec<E> codec, E example) {
    for (String what : codec.lostInWriting(example)) {
      List<String> known = lost.computeIfAbsent(codec.name(), name -> new ArrayList<>());
      if (!known.contains(what)) {
        known.add(what);
      }
    }
  }
}
