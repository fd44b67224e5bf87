package dev.finetune4j.dataset.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.format.ColumnMapping;
import dev.finetune4j.dataset.format.CsvFile;
import dev.finetune4j.dataset.format.ExampleCodec;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.JsonArrayFile;
import dev.finetune4j.dataset.format.JsonlFile;
import dev.finetune4j.dataset.format.MalformedExampleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of data files that were reported from outside; each test names the row of the report. */
final class FaultRowsTest {
  private static final String ASKED = "{\"role\":\"user\",\"content\":\"Hi\"}";
  private static final String ANSWERED = "{\"role\":\"assistant\",\"content\":\"Hello\"}";
  private static final ColumnMapping TABLE = ColumnMapping.of("{{prompt}}", "{{completion}}");

  @TempDir Path folder;

  /** Applies a check to a file of our own, and to the reported file where it is present. */
  private void each(String reported, String ours, Consumer<Path> check) throws IOException {
    check.accept(write(ours));
    Path above = Path.of("").toAbsolutePath();
    while (above != null && !Files.exists(above.resolve("shared/faults/data"))) {
      above = above.getParent();
    }
    if (above == null) {
      System.out.println("The reported file " + reported + " is not present; only ours was read.");
    } else {
      check.accept(above.resolve("shared/faults/data").resolve(reported));
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "data", ".txt"), text);
  }

  private static <E extends Example> ValidationReport check(Dataset<E> dataset) {
    return DatasetValidator.builder(dataset.exampleType())
        .minimumExamples(0)
        .build()
        .check(dataset);
  }

  private static ValidationReport chat(Path file) {
    return check(JsonlFile.read(file, ExampleCodecs.openAiChat()));
  }

  private static List<String> places(ValidationReport report) {
    return report.findings().stream()
        .filter(finding -> finding.severity() != Severity.NOTE)
        .map(f -> f.at().line() + " " + f.at().path() + " " + f.ruleId())
        .toList();
  }

  private static <E extends Example> List<E> read(Dataset<E> dataset) {
    try (var examples = dataset.examples()) {
      return examples.toList();
    }
  }

  private static <E extends Example> E only(Path file, ExampleCodec<E> codec) {
    List<E> examples = read(JsonlFile.read(file, codec));
    assertThat(examples).hasSize(1);
    return examples.get(0);
  }

  private static String line(String... messages) {
    return "{\"messages\":[" + String.join(",", messages) + "]}\n";
  }

  @Test
  void h01LongExponentIsInvalidJsonAndTheNextLineIsStillChecked() throws IOException {
    each(
        "h01-exponent.jsonl",
        line(ASKED, ANSWERED).replace("]}", "],\"score\":-1E+99999999999}") + line(ASKED, ANSWERED),
        file -> {
          ValidationReport report = chat(file);
          assertThat(places(report)).containsExactly("1 $.score invalid-json");
          assertThat(report.examplesChecked()).isEqualTo(2);
        });
  }

  @Test
  void h02NoteDoesNotHideAnErrorOfReading() throws IOException {
    String wrongStrict =
        line(ASKED, ANSWERED)
            .replace(
                "]}",
                "],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\","
                    + "\"description\":[]}}]}");

    each(
        "h02-note-hides-error.jsonl",
        wrongStrict,
        file ->
            assertThat(places(chat(file)))
                .contains("1 $.tools[0].function.description invalid-tool"));
  }

  @Test
  void h03ErrorAfterThousandWarningsOfItsRuleIsKept() throws IOException {
    String warnings =
        IntStream.range(0, 1100)
            .mapToObj(i -> line(ASKED, ANSWERED).replace("]}", "],\"id\":" + i + "}"))
            .collect(Collectors.joining());
    String error = line(ASKED, "{\"role\":\"assistant\",\"content\":\"a\",\"mood\":1}");

    each(
        "h03-error-after-1000-warnings.jsonl",
        warnings + error,
        file -> {
          ValidationReport report = chat(file);
          assertThat(report.isValid()).isFalse();
          assertThat(report.findings())
              .anyMatch(f -> f.at().line() == 1101 && f.severity() == Severity.ERROR);
        });
  }

  @Test
  void h04ToolCallsInHuggingFacesFormAreValid() throws IOException {
    String call =
        "{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\","
            + "\"arguments\":{\"a\":1}}},{\"type\":\"function\",\"function\":{\"name\":\"g\","
            + "\"arguments\":{}}}]}";
    String results =
        "{\"role\":\"tool\",\"name\":\"g\",\"content\":\"G\"},"
            + "{\"role\":\"tool\",\"name\":\"f\",\"content\":\"F\"}";

    each(
        "h04-trl-tools.jsonl",
        line(ASKED, call, results, ANSWERED),
        file -> {
          assertThat(chat(file).isValid()).isTrue();
          ChatExample example = only(file, ExampleCodecs.openAiChat());
          List<Message> messages = example.messages();
          List<ToolCall> calls = messages.get(1).toolCalls();
          assertThat(messages.stream().skip(2).flatMap(m -> m.toolCallId().stream()))
              .containsExactlyInAnyOrderElementsOf(calls.stream().map(ToolCall::id).toList());
        });
  }

  @Test
  void h05ShareGptToolsNeedNoWrapper() throws IOException {
    each(
        "h05-sharegpt-tools.jsonl",
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"w\"},{\"from\":\"gpt\",\"value\":\"x\"}],"
            + "\"tools\":[{\"name\":\"f\",\"parameters\":{}}]}",
        file -> {
          assertThat(only(file, ExampleCodecs.shareGpt()).tools()).hasSize(1);
          assertThat(check(JsonlFile.read(file, ExampleCodecs.shareGpt())).isValid()).isTrue();
        });
  }

  @Test
  void h06ParallelShareGptCallsAreOneMessageWithResultsInOrder() throws IOException {
    String turns =
        "{\"from\":\"human\",\"value\":\"w\"},{\"from\":\"function_call\",\"value\":"
            + "\"[{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":{}},"
            + "{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":{}}]\"},"
            + "{\"from\":\"observation\",\"value\":\"x\"},{\"from\":\"observation\",\"value\":\"y\"},"
            + "{\"from\":\"gpt\",\"value\":\"ok\"}";

    each(
        "h06-sharegpt-parallel.jsonl",
        "{\"conversations\":[" + turns + "],\"tools\":[{\"name\":\"f\"}]}",
        file -> {
          ExampleCodec<ChatExample> codec = ExampleCodecs.shareGpt();
          ChatExample example = only(file, codec);
          List<ToolCall> calls = example.messages().get(1).toolCalls();
          assertThat(calls).hasSize(2);
          assertThat(example.messages().get(2).toolCallId()).contains(calls.get(0).id());
          assertThat(example.messages().get(3).toolCallId()).contains(calls.get(1).id());
          assertThat(codec.decode(codec.encode(example))).isEqualTo(example);
          assertThat(check(JsonlFile.read(file, codec)).isValid()).isTrue();
        });
  }

  @Test
  void h06ResultWithoutCallIsReportedAtItsTurn() throws IOException {
    Path file =
        write(
            "{\"conversations\":[{\"from\":\"human\",\"value\":\"w\"},"
                + "{\"from\":\"observation\",\"value\":\"x\"},{\"from\":\"gpt\",\"value\":\"y\"}]}");

    assertThat(places(check(JsonlFile.read(file, ExampleCodecs.shareGpt()))))
        .containsExactly("1 $.conversations[1] tool-result-without-call");
  }

  @Test
  void h07WeightsOfShareGptTurnsAreKeptAndOtherMembersReported() throws IOException {
    each(
        "h07-sharegpt-weight.jsonl",
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"a\",\"weight\":0},"
            + "{\"from\":\"gpt\",\"value\":\"b\",\"train\":false},"
            + "{\"from\":\"human\",\"value\":\"c\"},{\"from\":\"gpt\",\"value\":\"d\"}]}",
        file -> {
          ChatExample example = only(file, ExampleCodecs.shareGpt());
          assertThat(example.messages()).extracting(Message::trained).endsWith(false, false, true);
        });
    Path other =
        write(
            "{\"conversations\":[{\"from\":\"human\",\"value\":\"a\",\"images\":[1]},"
                + "{\"from\":\"gpt\",\"value\":\"b\"}]}");
    assertThat(places(check(JsonlFile.read(other, ExampleCodecs.shareGpt()))))
        .containsExactly("1 $.conversations[0].images unknown-key");
  }

  @Test
  void h08AlpacaHistoryIsReadAndOtherMembersReported() throws IOException {
    each(
        "h08-alpaca-history.jsonl",
        "{\"instruction\":\"c\",\"output\":\"d\",\"history\":[[\"a\",\"b\"],[\"e\",\"f\"]]}",
        file -> {
          ExampleCodec<ChatExample> codec = ExampleCodecs.alpaca();
          ChatExample example = only(file, codec);
          assertThat(example.messages()).hasSize(6);
          assertThat(codec.decode(codec.encode(example))).isEqualTo(example);
        });
    Path other = write("{\"instruction\":\"a\",\"output\":\"b\",\"images\":[\"x.png\"]}");
    assertThat(places(check(JsonlFile.read(other, ExampleCodecs.alpaca()))))
        .containsExactly("1 $.images not-kept");
  }

  @Test
  void h09EqualAndEmptyAnswersOfPairsAreErrors() throws IOException {
    each(
        "h09-equal-pair.jsonl",
        """
        {"prompt":"q","chosen":"a","rejected":"a"}
        {"prompt":"r","chosen":"a","rejected":"a"}
        """,
        file ->
            assertThat(check(JsonlFile.read(file, ExampleCodecs.chosenRejected())).counts())
                .containsEntry("equal-pair", 2L));
    Path empty = write("{\"prompt\":\"q\",\"chosen\":\"\",\"rejected\":\"a\"}");
    assertThat(places(check(JsonlFile.read(empty, ExampleCodecs.chosenRejected()))))
        .containsExactly("1 $.chosen empty-content");
  }

  @Test
  void h10ImplicitPromptsInStringsAreFound() throws IOException {
    each(
        "h10-transcript-pair.jsonl",
        "{\"chosen\":\"\\n\\nHuman: hi\\n\\nAssistant: a\",\"rejected\":\"\\n\\nHuman: hi\\n\\n"
            + "Assistant: b\"}",
        file ->
            assertThat(only(file, ExampleCodecs.chosenRejected()).prompt())
                .containsExactly(Message.user("hi")));
    PreferenceExample sky =
        ExampleCodecs.chosenRejected()
            .decode("{\"chosen\":\"The sky is blue.\",\"rejected\":\"The sky is green.\"}");
    assertThat(sky.prompt()).containsExactly(Message.user("The sky is"));
    assertThatThrownBy(
            () -> ExampleCodecs.chosenRejected().decode("{\"chosen\":\"a\",\"rejected\":\"b\"}"))
        .isInstanceOf(MalformedExampleException.class);
  }

  @Test
  void h11TextOutsideAnArrayAndACutOffArrayAreErrors() throws IOException {
    String item = "{\"instruction\":\"a\",\"output\":\"b\"}";
    Consumer<Path> invalid =
        file ->
            assertThat(places(check(JsonArrayFile.read(file, ExampleCodecs.alpaca()))))
                .hasSize(1)
                .allMatch(place -> place.endsWith("invalid-array"));
    each("h11-two-arrays.json", "[" + item + "]\n[" + item + "]", invalid);
    each("h11-truncated-array.json", "[" + item + ",\n", invalid);
    for (String text :
        List.of(
            "{} [" + item + "]",
            "[" + item + ",]",
            "[" + item + ",," + item + "]",
            "[" + item + "] x",
            "[" + item)) {
      invalid.accept(write(text));
    }
    assertThat(
            check(JsonArrayFile.read(write(" [" + item + "]\n "), ExampleCodecs.alpaca()))
                .isValid())
        .isTrue();
  }

  @Test
  void h12ColumnWithoutNameIsRead() throws IOException {
    each(
        "h12-index-column.csv",
        "prompt,,completion,\na,1,b,2\nc,3,d,4\n",
        file -> {
          assertThat(read(CsvFile.read(file, TABLE))).hasSize(2);
          assertThat(check(CsvFile.read(file, TABLE)).isValid()).isTrue();
        });
  }

  @Test
  void h13RowWithOtherCellsThanTheHeaderIsAnError() throws IOException {
    each(
        "h13-ragged.csv",
        "prompt,completion\na\nb,c\n",
        file ->
            assertThat(places(check(CsvFile.read(file, TABLE)))).containsExactly("2 $ ragged-row"));
  }

  @Test
  void h14CellThatIsNotUtf8IsAnErrorOnItsLine() throws IOException {
    each(
        "h14-cp1252.csv",
        "prompt,completion\n",
        file -> {
          ValidationReport report = check(CsvFile.read(file, TABLE));
          assertThat(report.isValid()).isFalse();
        });
    Path file = folder.resolve("latin.csv");
    Files.write(file, "prompt,completion\nok,\uD83D\uDE00\ncaf".getBytes(StandardCharsets.UTF_8));
    Files.write(
        file, new byte[] {(byte) 0xE9, ',', 'x', '\n'}, java.nio.file.StandardOpenOption.APPEND);
    assertThat(places(check(CsvFile.read(file, TABLE)))).containsExactly("3 $ invalid-encoding");
  }

  @Test
  void h22JsonInsideJsonIsReadStrictly() throws IOException {
    String call =
        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
            + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1,}\"}}]}";
    each(
        "h22-arguments-newline.jsonl",
        line("{\"role\":\"system\",\"content\":\"s\"}", ASKED, call),
        file ->
            assertThat(places(chat(file)))
                .contains(
                    "1 $.messages[2].tool_calls[0].function.arguments invalid-tool-arguments"));
  }

  @Test
  void h23FindingsNameTheMemberOfTheFile() throws IOException {
    each(
        "h23-path.jsonl",
        "{\"system\":\"s\",\"instruction\":\" \",\"output\":\"d\"}",
        file ->
            assertThat(places(check(JsonlFile.read(file, ExampleCodecs.alpaca()))))
                .containsExactly("1 $.instruction empty-content"));
  }

  @Test
  void h24UnencodedUrlOfAnImageIsRead() throws IOException {
    String image =
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
            + "\"https://img.example.com/a b.jpg?x={1}\"}}]}";
    each(
        "h24-image-url.jsonl",
        line(image, ANSWERED),
        file -> assertThat(chat(file).isValid()).isTrue());
  }

  @Test
  void arrayAndUtf16ReadAsLinesAreOneFindingEach() throws IOException {
    assertThat(places(chat(write("[\n {\"messages\": []},\n {\"messages\": []}\n]\n"))))
        .containsExactly("1 $ json-array");
    Path wide = folder.resolve("wide.jsonl");
    Files.write(wide, line(ASKED, ANSWERED).repeat(3).getBytes(StandardCharsets.UTF_16));
    assertThat(places(chat(wide))).containsExactly("1 $ invalid-encoding");
  }

  @Test
  void fileWithoutExamplesIsInvalid() throws IOException {
    assertThat(places(chat(write("")))).containsExactly("0 $ no-examples");
  }

  @Test
  void labelsOfUnpairedPreferencesAreErrors() throws IOException {
    Path file = write("{\"prompt\":\"q\",\"completion\":\"a\",\"label\":false}");

    assertThat(places(check(JsonlFile.read(file, ExampleCodecs.promptCompletion()))))
        .containsExactly("1 $.label unpaired-preference");
  }

  @Test
  void unreadMembersAreReportedAtEveryLevel() throws IOException {
    Path file =
        write(
            line(
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"cache\":1}]}",
                "{\"role\":\"assistant\",\"content\":\"b\",\"reasoning_content\":\"c\"}"));

    assertThat(places(chat(file)))
        .containsExactly(
            "1 $.messages[0].content[0].cache unknown-key",
            "1 $.messages[1].reasoning_content not-kept");
  }
}
