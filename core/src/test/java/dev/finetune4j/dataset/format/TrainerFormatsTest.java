package dev.finetune4j.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records as TRL, LLaMA-Factory, axolotl, Together and Mistral document them. */
final class TrainerFormatsTest {
  private static final String TURNS =
      "\"conversations\":[{\"from\":\"human\",\"value\":\"Hi\"},"
          + "{\"from\":\"gpt\",\"value\":\"Hello\"}]";

  /** What a format makes of a record, and what it says of it, without notes. */
  record Read<E>(@Nullable E example, List<String> findings) {
    E get() {
      assertThat(findings).isEmpty();
      return Objects.requireNonNull(example);
    }
  }

  @SuppressWarnings("unchecked") // The parser only makes maps with strings as keys.
  static <E extends Example> Read<E> read(ExampleCodec<E> codec, String json) {
    List<String> findings = new ArrayList<>();
    E example =
        codec.read(
            (Map<String, @Nullable Object>) Objects.requireNonNull(Json.parse(json)),
            new RecordProblems() {
              @Override
              public void error(String rule, String path, String message, String suggestion) {
                findings.add("error " + path + " " + rule);
              }

              @Override
              public void warning(String rule, String path, String message, String suggestion) {
                findings.add("warning " + path + " " + rule);
              }

              @Override
              public void note(String rule, String path, String message, String suggestion) {}
            });
    return new Read<>(example, findings);
  }

  private static <E extends Example> List<E> all(Dataset<E> dataset) {
    try (Stream<E> examples = dataset.examples()) {
      return examples.toList();
    }
  }

  @Test
  void unpairedAnswersAreReadFromEveryShapeThatHasALabel() {
    List<String> shapes =
        List.of(
            "{\"prompt\":\"Hi\",\"completion\":\"Hello\",\"label\":false}",
            "{\"prompt\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                + "\"completion\":[{\"role\":\"assistant\",\"content\":\"Hello\"}],\"label\":false}",
            "{\"instruction\":\"Hi\",\"output\":\"Hello\",\"kto_tag\":false}",
            "{" + TURNS + ",\"kto_tag\":false}",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"Hello\"}],\"label\":false}",
            "{\"prompt\":\"Hi\",\"completion\":\"Hello\",\"label\":\"False\"}");

    for (String shape : shapes) {
      PromptExample example = read(ExampleCodecs.unpairedPreference(), shape).get();

      assertThat(example.prompt()).containsExactly(Message.user("Hi"));
      assertThat(example.requireReference("completion")).isEqualTo("Hello");
      assertThat(UnpairedPreferences.isWanted(example)).isFalse();
    }
  }

  @Test
  void formatsOfAnswersToLearnRefuseALabel() {
    assertThat(
            read(
                    ExampleCodecs.openAiChat(),
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"content\":\"No\"}],\"label\":false}")
                .findings())
        .containsExactly("error $.label unpaired-preference");
    assertThat(read(ExampleCodecs.shareGpt(), "{" + TURNS + ",\"kto_tag\":true}").findings())
        .containsExactly("error $.kto_tag unpaired-preference");
    assertThat(
            read(
                    ExampleCodecs.alpaca(),
                    "{\"instruction\":\"a\",\"output\":\"b\",\"kto_tag\":false}")
                .findings())
        .containsExactly("error $.kto_tag unpaired-preference");
    assertThat(
            read(
                    ExampleCodecs.alpaca(),
                    "{\"instruction\":\"a\",\"output\":\"b\",\"label\":\"greeting\"}")
                .findings())
        .containsExactly("warning $.label unknown-key");
  }

  @Test
  void wantedAnswersAndPairsAreMadeOfUnpairedOnes() {
    ExampleCodec<PromptExample> codec = ExampleCodecs.unpairedPreference();
    Dataset<PromptExample> labelled =
        Dataset.of(
            "kto",
            List.of(
                codec.decode("{\"prompt\":\"Hi\",\"completion\":\"Go\",\"label\":false}"),
                codec.decode("{\"prompt\":\"Sum?\",\"completion\":\"2\",\"label\":true}"),
                codec.decode("{\"prompt\":\"Hi\",\"completion\":\"Hello\",\"label\":true}"),
                codec.decode("{\"prompt\":\"Hi\",\"completion\":\"Hey\",\"label\":true}")));

    assertThat(all(UnpairedPreferences.wanted(labelled)))
        .extracting(ChatExample::answer)
        .containsExactly("2", "Hello", "Hey");
    assertThat(all(UnpairedPreferences.pairs(labelled)))
        .containsExactly(
            PreferenceExample.of(
                List.of(Message.user("Hi")), Message.assistant("Hello"), Message.assistant("Go")));
    for (PromptExample example : all(labelled)) {
      assertThat(codec.decode(codec.encode(example))).isEqualTo(example);
    }
  }

  @Test
  void preferencePairsOfLlamaFactoryAreRead() {
    PreferenceExample alpaca =
        read(
                ExampleCodecs.alpacaPreference(),
                "{\"instruction\":\"Add\",\"input\":\"1, 1\",\"chosen\":\"2\",\"rejected\":\"3\"}")
            .get();
    PreferenceExample turns =
        read(
                ExampleCodecs.shareGptPreference(),
                "{\"conversations\":[{\"from\":\"human\",\"value\":\"Hi\"}],"
                    + "\"chosen\":{\"from\":\"gpt\",\"value\":\"Hello\"},"
                    + "\"rejected\":{\"from\":\"gpt\",\"value\":\"Go\"}}")
            .get();

    assertThat(alpaca.prompt()).containsExactly(Message.user("Add\n\n1, 1"));
    assertThat(alpaca.rejected()).isEqualTo(Message.assistant("3"));
    assertThat(turns)
        .isEqualTo(
            PreferenceExample.of(
                List.of(Message.user("Hi")), Message.assistant("Hello"), Message.assistant("Go")));
    assertThat(
            read(
                    ExampleCodecs.shareGptPreference(),
                    "{"
                        + TURNS
                        + ",\"chosen\":{\"from\":\"human\",\"value\":\"x\"},"
                        + "\"rejected\":{\"from\":\"gpt\",\"value\":\"y\"}}")
                .findings())
        .contains(
            "error $.chosen invalid-output", "warning $.conversations[1] prompt-ends-with-answer");
  }

  @Test
  void imagesOfLlamaFactoryAreReadWhereTheirMarksAre() {
    String record =
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"<image>Who? <image>\"},"
            + "{\"from\":\"gpt\",\"value\":\"Ann\"}],\"images\":[\"https://a.example/1.png\",%s]}";

    ChatExample read =
        read(ExampleCodecs.shareGpt(), record.formatted("\"https://a.example/2.png\"")).get();

    assertThat(read.messages().get(0).content())
        .containsExactly(
            new ContentPart.Image(URI.create("https://a.example/1.png")),
            new ContentPart.Text("Who? "),
            new ContentPart.Image(URI.create("https://a.example/2.png")));
    assertThat(read(ExampleCodecs.shareGpt(), record.formatted("\"b/2.png\"")).findings())
        .containsExactly("error $.images not-kept");
    assertThat(read(ExampleCodecs.shareGpt(), record.replace(",%s", "")).findings())
        .containsExactly("error $.conversations[0].value invalid-image");
    assertThat(read(ExampleCodecs.shareGpt(), "{" + TURNS + ",\"videos\":[\"a.mp4\"]}").findings())
        .containsExactly("error $.videos not-kept");
  }

  @Test
  void imagesBesideMessagesAreReadFromMarksAndFromParts() {
    String record =
        "{\"messages\":[{\"role\":\"user\",\"content\":%s},"
            + "{\"role\":\"assistant\",\"content\":\"Ann\"}],\"images\":[\"%s\"]}";
    String parts = "[{\"type\":\"image\"},{\"type\":\"text\",\"text\":\"Who?\"}]";
    ExampleCodec<ChatExample> codec = ExampleCodecs.openAiChat();

    for (String content : List.of("\"<image>Who?\"", parts)) {
      assertThat(
              read(codec, record.formatted(content, "https://a.example/1.png"))
                  .get()
                  .messages()
                  .get(0)
                  .content())
          .containsExactly(
              new ContentPart.Image(URI.create("https://a.example/1.png")),
              new ContentPart.Text("Who?"));
      assertThat(read(codec, record.formatted(content, "1.png")).findings())
          .containsExactly("error $.images not-kept");
    }
    assertThat(read(codec, record.formatted("\"Who?\"", "https://a.example/1.png")).findings())
        .containsExactly("error $.images invalid-image");
  }

  @Test
  void newerFilesOfLlamaFactoryAreRead() {
    ChatExample chat =
        read(
                ExampleCodecs.openAiChat(),
                """
                {"messages":[
                 {"role":"user","content":[{"type":"text","value":"Weather?"}],"loss_weight":0.0},
                 {"role":"assistant","content":[{"type":"tool_call",
                  "value":"{\\"name\\":\\"weather\\",\\"arguments\\":{\\"city\\":\\"Rome\\"}}"}],
                  "loss_weight":1.0},
                 {"role":"tool","content":[{"type":"text","value":"20C"}]},
                 {"role":"assistant","content":[{"type":"text","value":"Warm"}],"loss_weight":0.0}],
                 "tools":"[{\\"type\\":\\"function\\",\\"function\\":{\\"name\\":\\"weather\\"}}]"}""")
            .get();

    assertThat(chat.messages().get(1).toolCalls())
        .containsExactly(new ToolCall("call_0", "weather", "{\"city\":\"Rome\"}"));
    assertThat(chat.messages().get(2).toolCallId()).contains("call_0");
    assertThat(chat.messages().get(3)).isEqualTo(Message.assistant("Warm").untrained());
    assertThat(
            read(
                    ExampleCodecs.openAiChat(),
                    """
                    {"messages":[{"role":"user","content":"Hi"},
                     {"role":"assistant","content":[{"type":"reasoning","value":"Be kind."},
                      {"type":"text","value":"Hello"}]}]}""")
                .findings())
        .containsExactly("warning $.messages[1].content[0] not-kept");
  }

  @Test
  void axolotlsTurnsWithRolesWeightAndTrainAreRead() {
    TurnLayout layout =
        TurnLayout.SHARE_GPT
            .withMembers("speaker", "text")
            .withWords(TurnLayout.Speaker.USER, "customer")
            .withWords(TurnLayout.Speaker.ASSISTANT, "agent");
    ExampleCodec<ChatExample> codec =
        ExampleCodecs.renamed(ExampleCodecs.shareGpt(layout), Map.of("conversations", "chat"));
    String record =
        "{\"chat\":[{\"speaker\":\"customer\",\"text\":\"Hi\"},"
            + "{\"speaker\":\"agent\",\"text\":\"Hello\",\"train\":false},"
            + "{\"speaker\":\"customer\",\"text\":\"Bye\",\"weight\":0},"
            + "{\"speaker\":\"agent\",\"text\":\"Bye\"}]}";

    ChatExample example = read(codec, record).get();

    assertThat(example.messages())
        .containsExactly(
            Message.user("Hi"),
            Message.assistant("Hello").untrained(),
            Message.user("Bye"),
            Message.assistant("Bye"));
    assertThat(codec.decode(codec.encode(example))).isEqualTo(example);
    assertThat(read(codec, record.replace("\"agent\"", "\"robot\"")).findings())
        .contains("error $.chat[1].speaker unknown-role");
    assertThat(read(codec, "{\"conversations\":[]}").findings())
        .contains("error $ missing-messages", "warning $.conversations unknown-key");
    assertThat(
            read(
                    ExampleCodecs.shareGpt(),
                    "{\"conversations\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Hello\"}]}")
                .get()
                .messages())
        .containsExactly(Message.user("Hi"), Message.assistant("Hello"));
  }

  @Test
  void mistralsLinesAreRead() {
    ChatExample example =
        read(
                ExampleCodecs.openAiChat(),
                """
                {"messages":[{"role":"user","content":[{"type":"text","text":"Who?"},
                 {"type":"image_url","image_url":"https://a.example/1.png"}]},
                 {"role":"assistant","content":"","prefix":false,"tool_calls":[{"id":"TX92Jm8Zi",
                  "type":"function","function":{"name":"look","arguments":"{\\"a\\": 1}"}}]},
                 {"role":"tool","content":"Ann","tool_call_id":"TX92Jm8Zi","name":"look"},
                 {"role":"assistant","content":"Ann","weight":1}],
                 "tools":[{"type":"function","function":{"name":"look","parameters":{}}}]}""")
            .get();

    assertThat(example.messages().get(0).content().get(1))
        .isEqualTo(new ContentPart.Image(URI.create("https://a.example/1.png")));
    assertThat(
            read(
                    ExampleCodecs.openAiChat(),
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Hel\",\"prefix\":true}]}")
                .findings())
        .containsExactly("warning $.messages[1].prefix not-kept");
  }

  @Test
  void trlsPromptsAndFlatCallsAreRead() {
    PromptExample prompt =
        read(ExampleCodecs.promptOnly(), "{\"prompt\":\"2+2?\",\"answer\":\"4\",\"level\":3}")
            .get();
    ChatExample calls =
        read(
                ExampleCodecs.openAiChat(),
                """
                {"messages":[{"role":"user","content":"Lights"},
                 {"role":"assistant","tool_calls":[{"name":"light","arguments":{"on":true}}]},
                 {"role":"tool","name":"light","content":"on"},
                 {"role":"assistant","content":"Done"}],
                 "tools":[{"type":"function","function":{"name":"light"}}]}""")
            .get();

    assertThat(prompt.reference()).containsOnlyKeys("answer", "level");
    assertThat(calls.messages().get(1).toolCalls())
        .containsExactly(new ToolCall("call_0", "light", "{\"on\":true}"));
    assertThat(calls.messages().get(2).role()).isEqualTo(Role.TOOL);
    assertThat(
            read(
                    ExampleCodecs.promptOnly(),
                    "{\"prompt\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                .get()
                .prompt())
        .containsExactly(Message.user("Hi"));
  }
}
