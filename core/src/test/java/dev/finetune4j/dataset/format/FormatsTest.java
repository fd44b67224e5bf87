package dev.finetune4j.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FormatsTest {
  private static final ToolDefinition WEATHER =
      new ToolDefinition("weather", "Looks outside", "{\"type\":\"object\",\"properties\":{}}");

  @TempDir Path folder;

  private static ChatExample rich() {
    return new ChatExample(
        List.of(
            Message.of(Role.DEVELOPER, "Be short."),
            new Message(
                Role.USER,
                List.of(
                    new ContentPart.Text("Weather here? \"é😀\"\n"),
                    new ContentPart.Image(URI.create("https://example.org/a.png"))),
                List.of(),
                Optional.empty(),
                Optional.of("ann"),
                false),
            Message.calling(List.of(new ToolCall("call_1", "weather", "{\"city\":\"Paris\"}"))),
            Message.tool("call_1", "20C"),
            Message.assistant("Warm.").untrained(),
            Message.user("And in hell?"),
            new Message(
                Role.ASSISTANT,
                List.of(new ContentPart.Refusal("I would rather not.")),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true)),
        List.of(WEATHER));
  }

  private static ChatExample plain() {
    return ChatExample.of(Message.user("One and one?"), Message.assistant("Two."));
  }

  private static <E extends Example> List<E> all(Dataset<E> dataset) {
    try (Stream<E> examples = dataset.examples()) {
      return examples.toList();
    }
  }

  @Test
  void openAiChatKeepsTheWholeExample() {
    Dataset<ChatExample> dataset = Dataset.of("d", ChatExample.class, List.of(rich(), plain()));
    Path file = folder.resolve("a.jsonl.gz");

    ConversionReport report = JsonlFile.write(dataset, file, ExampleCodecs.openAiChat());
    Dataset<ChatExample> read = JsonlFile.read(file, ExampleCodecs.openAiChat());

    assertThat(all(read)).containsExactly(rich(), plain());
    assertThat(report).hasToString("2 examples, nothing lost");
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.fingerprint()).isEqualTo(dataset.fingerprint());
  }

  @Test
  void theFingerprintDoesNotDependOnCompressionOrStorage() {
    Dataset<ChatExample> dataset = Dataset.of("d", ChatExample.class, List.of(rich(), plain()));
    Path packed = folder.resolve("a.jsonl.gz");
    Path open = folder.resolve("b.jsonl");

    JsonlFile.write(dataset, packed, ExampleCodecs.openAiChat());
    JsonlFile.write(dataset, open, ExampleCodecs.openAiChat());

    assertThat(JsonlFile.read(packed, ExampleCodecs.openAiChat()).fingerprint())
        .isEqualTo(JsonlFile.read(open, ExampleCodecs.openAiChat()).fingerprint())
        .isEqualTo(dataset.fingerprint());
    assertThat(Dataset.of("d", ChatExample.class, List.of(plain(), rich())).fingerprint())
        .isNotEqualTo(dataset.fingerprint());
  }

  @Test
  void legacyFunctionsBecomeTools() {
    ChatExample example =
        ExampleCodecs.openAiChat()
            .decode(
                """
                {"messages":[{"role":"user","content":"Weather?"},\
                {"role":"assistant","function_call":{"name":"weather","arguments":"{}"}},\
                {"role":"function","name":"weather","content":"20C"},\
                {"role":"assistant","content":"Warm.","weight":0}],\
                "functions":[{"name":"weather","parameters":{"type":"object"}}]}""");

    assertThat(example.messages().get(1).toolCalls())
        .containsExactly(new ToolCall("call_0", "weather", "{}"));
    assertThat(example.messages().get(2).toolCallId()).contains("call_0");
    assertThat(example.messages().get(2).role()).isEqualTo(Role.TOOL);
    assertThat(example.messages().get(3).trained()).isFalse();
    assertThat(example.tools())
        .containsExactly(new ToolDefinition("weather", "", "{\"type\":\"object\"}"));
  }

  @Test
  void preferencePairsRoundTripUnderOldAndNewNames() {
    PreferenceExample pair =
        new PreferenceExample(
            List.of(Message.user("Hi")),
            Message.assistant("Hello!"),
            Message.assistant("What."),
            List.of(WEATHER));
    ExampleCodec<PreferenceExample> codec = ExampleCodecs.openAiPreference();

    String line = codec.encode(pair);

    assertThat(codec.decode(line)).isEqualTo(pair);
    assertThat(codec.decode(line.replace("_output", "_completion"))).isEqualTo(pair);
  }

  @Test
  void reinforcementKeepsReferences() {
    PromptExample example =
        new PromptExample(
            List.of(Message.user("How many donors?")),
            Map.of(
                "answer", ReferenceValue.text("five"),
                "reference_answer", ReferenceValue.json("{\"donors\":5,\"ratio\":0.50}")),
            List.of());
    ExampleCodec<PromptExample> codec = ExampleCodecs.openAiReinforcement();

    assertThat(codec.decode(codec.encode(example))).isEqualTo(example);
  }

  @Test
  void alpacaIsReadFromArraysAndFromLines() throws IOException {
    String first = "{\"instruction\":\"Add.\",\n \"input\":\"1, 1\",\"output\":\"2 ] , }\"}";
    String second = "{\"instruction\":\"Say hi.\",\"input\":\"\",\"output\":\"Hi.\"}";
    Path array = Files.writeString(folder.resolve("a.json"), "[" + first + ",\n" + second + "]");
    Path lines =
        Files.writeString(folder.resolve("a.jsonl"), first.replace("\n", "") + "\n" + second);

    assertThat(JsonArrayFile.isArray(array)).isTrue();
    assertThat(JsonArrayFile.isArray(lines)).isFalse();
    assertThat(all(JsonArrayFile.read(array, ExampleCodecs.alpaca())))
        .isEqualTo(all(JsonlFile.read(lines, ExampleCodecs.alpaca())))
        .containsExactly(
            ChatExample.of(Message.user("Add.\n\n1, 1"), Message.assistant("2 ] , }")),
            ChatExample.of(Message.user("Say hi."), Message.assistant("Hi.")));
  }

  @Test
  void textFormatsKeepPlainExamplesAndReportLossesOfRichOnes() {
    Dataset<ChatExample> dataset = Dataset.of("d", ChatExample.class, List.of(rich(), plain()));

    ConversionReport alpaca = ConversionReport.ofWriting(dataset, ExampleCodecs.alpaca());
    ConversionReport shareGpt = ConversionReport.ofWriting(dataset, ExampleCodecs.shareGpt());

    for (ExampleCodec<ChatExample> codec :
        List.of(
            ExampleCodecs.alpaca(),
            ExampleCodecs.shareGpt(),
            ExampleCodecs.promptCompletion(),
            ExampleCodecs.columns(ColumnMapping.of("{{q}}", "{{a}}")))) {
      assertThat(codec.decode(codec.encode(plain()))).isEqualTo(plain());
      assertThat(codec.lostInWriting(plain())).isEmpty();
    }
    assertThat(alpaca)
        .hasToString(
            "2 examples, lost: boundaries between content parts in 1, earlier turns in 1, images in"
                + " 1, marks of messages that are not trained in 1, participant names in 1, refusal"
                + " marks in 1, tool calls in 1, tools in 1");
    assertThat(shareGpt.lost())
        .containsOnlyKeys(
            "boundaries between content parts",
            "images",
            "refusal marks",
            "participant names",
            "tool call ids",
            "the developer role (written as system)");
  }

  @Test
  void shareGptKeepsToolCallsAndTools() {
    ChatExample example =
        new ChatExample(
            List.of(
                Message.system("Help."),
                Message.user("Weather?"),
                Message.calling(List.of(new ToolCall("call_2", "weather", "{\"city\":\"Rome\"}"))),
                Message.tool("call_2", "20C"),
                Message.assistant("Warm.")),
            List.of(WEATHER));

    assertThat(ExampleCodecs.shareGpt().decode(ExampleCodecs.shareGpt().encode(example)))
        .isEqualTo(example);
  }

  @Test
  void templatesConvertTablesAndRecordsToConversations() throws IOException {
    ColumnMapping mapping =
        ColumnMapping.of("Title: {{ title }}\n{{note}}", "{{answer}}").withSystem("Cook.");
    Path file =
        Files.writeString(
            folder.resolve("t.csv"),
            "\uFEFFtitle,note,answer\r\n\"A \"\"b\"\"\",\"x\ny\",$1\r\nSoup,,salt\r\n");

    List<ChatExample> examples = all(CsvFile.read(file, mapping));

    assertThat(examples)
        .containsExactly(
            ChatExample.of(
                Message.system("Cook."),
                Message.user("Title: A \"b\"\nx\ny"),
                Message.assistant("$1")),
            ChatExample.of(
                Message.system("Cook."), Message.user("Title: Soup\n"), Message.assistant("salt")));
    assertThat(mapping.toExample(Map.of("title", "Soup", "note", 3, "answer", "salt")).answer())
        .isEqualTo("salt");
    assertThatThrownBy(() -> mapping.toExample(Map.of("title", "Soup")))
        .hasMessage("$.note: The column \"note\" is missing; the record has [title].");
  }

  @Test
  void tablesRoundTrip() {
    ColumnMapping mapping = ColumnMapping.of("{{question}}", "{{answer}}");
    Dataset<ChatExample> dataset =
        Dataset.of(
            "d",
            ChatExample.class,
            List.of(plain(), ChatExample.of(Message.user("a,\"b\"\nc"), Message.assistant(" d "))));
    Path file = folder.resolve("t.csv");

    CsvFile.write(dataset, file, mapping);

    assertThat(CsvFile.read(file, mapping).fingerprint()).isEqualTo(dataset.fingerprint());
  }

  @Test
  void aBrokenLineIsReportedWithLinePathAndAdvice() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("broken.jsonl"),
            ExampleCodecs.openAiChat().encode(plain())
                + "\n\n{\"messages\":[{\"role\":\"user\",\"content\":5}]}\n");

    assertThatThrownBy(() -> all(JsonlFile.read(file, ExampleCodecs.openAiChat())))
        .isInstanceOf(MalformedExampleException.class)
        .hasMessage(
            "broken.jsonl, line 3 at $.messages[0].content: The content is a number."
                + " Correct the line, or validate the file to see all its findings.");
  }

  @Test
  void readingReportsMembersThatItDoesNotKeep() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.jsonl"),
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"mood\":1}],"
                + "\"moods\":false}\n");

    ConversionReport report =
        ConversionReport.ofReading(JsonlFile.read(file, ExampleCodecs.openAiChat()));

    assertThat(report).hasToString("1 example, lost: $.messages[*].mood in 1, $.moods in 1");
  }

  @Test
  void detailsOfToolsAndImagesAreKept() {
    String line =
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
            + "{\"url\":\"https://pictures.example/cat.png\",\"detail\":\"low\"}}]},"
            + "{\"role\":\"assistant\",\"content\":\"A cat\"}],"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{},"
            + "\"strict\":true}}],\"parallel_tool_calls\":false}";

    ChatExample example = ExampleCodecs.openAiChat().decode(line);

    assertThat(example.parallelToolCalls()).isFalse();
    assertThat(example.tools().get(0).strict()).isTrue();
    assertThat(ExampleCodecs.openAiChat().encode(example)).isEqualTo(line);
  }

  @Test
  void chosenAndRejectedAnswersAreReadAsTextAndAsMessages() {
    ExampleCodec<PreferenceExample> codec = ExampleCodecs.chosenRejected();

    PreferenceExample texts =
        codec.decode("{\"prompt\":\"Hi\",\"chosen\":\"Hello!\",\"rejected\":\"What?\"}");
    PreferenceExample whole =
        codec.decode(
            "{\"chosen\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"Hello!\"}],"
                + "\"rejected\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"What?\"}]}");

    assertThat(texts)
        .isEqualTo(
            PreferenceExample.of(
                List.of(Message.user("Hi")),
                Message.assistant("Hello!"),
                Message.assistant("What?")));
    assertThat(whole).isEqualTo(texts);
    assertThat(codec.decode(codec.encode(texts))).isEqualTo(texts);
  }

  @Test
  void pairsWithDifferentPromptsAreRejected() {
    assertThatThrownBy(
            () ->
                ExampleCodecs.chosenRejected()
                    .decode(
                        "{\"chosen\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                            + "{\"role\":\"assistant\",\"content\":\"a\"}],"
                            + "\"rejected\":[{\"role\":\"user\",\"content\":\"Ho\"},"
                            + "{\"role\":\"assistant\",\"content\":\"b\"}]}"))
        .isInstanceOf(MalformedExampleException.class)
        .hasMessageContaining("$.rejected")
        .hasMessageContaining("the same prompt");
  }
}
