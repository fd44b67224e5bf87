package dev.finetune4j.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.PreferenceExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetInfoTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    write(
        "dataset_info.json",
        """
        {
         "plain": {"file_name": "plain.json"},
         "named": {"file_name": "named.jsonl", "num_samples": 5, "columns":
          {"prompt": "q", "response": "a", "system": "rules", "history": "before"}},
         "pairs": {"file_name": "pairs.jsonl", "formatting": "sharegpt", "ranking": true, "columns":
          {"messages": "asked", "chosen": "good", "rejected": "bad"}},
         "tags": {"file_name": "tags.jsonl", "formatting": "sharegpt", "columns":
          {"messages": "messages", "tools": "functions"}, "tags": {"role_tag": "role",
          "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant",
          "observation_tag": "tool", "function_tag": "call", "system_tag": "system"}},
         "kto": {"file_name": "kto.jsonl", "columns":
          {"prompt": "q", "response": "a", "kto_tag": "good"}},
         "texts": {"file_name": "texts.json", "columns": {"prompt": "text"}},
         "hub": {"hf_hub_url": "a/b", "file_name": "x.json"},
         "outside": {"file_name": "../x.json"},
         "other": {"file_name": "x.json", "formatting": "chatml"}
        }
        """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private DatasetInfo info() {
    return DatasetInfo.read(folder.resolve("dataset_info.json"));
  }

  private List<?> all(String name) {
    try (Stream<?> examples = info().open(name).examples()) {
      return examples.toList();
    }
  }

  private List<String> lost(String name) {
    return List.copyOf(ConversionReport.ofReading(info().open(name)).lost().keySet());
  }

  @Test
  void columnsAndTagsAreReadAsTheEntryNamesThem() throws IOException {
    write(
        "named.jsonl",
        "{\"q\":\"c\",\"a\":\"d\",\"rules\":\"s\",\"before\":[[\"a\",\"b\"]],\"input\":\"x\"}\n");
    write(
        "pairs.jsonl",
        "{\"asked\":[{\"from\":\"human\",\"value\":\"Hi\"}],"
            + "\"good\":{\"from\":\"gpt\",\"value\":\"Yes\"},"
            + "\"bad\":{\"from\":\"gpt\",\"value\":\"No\"}}\n");
    write(
        "tags.jsonl",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
            + "{\"role\":\"call\",\"content\":\"{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":{}}\"},"
            + "{\"role\":\"tool\",\"content\":\"1\"},{\"role\":\"assistant\",\"content\":\"Yo\"}],"
            + "\"functions\":\"[{\\\"name\\\":\\\"f\\\"}]\"}\n");

    ChatExample tags = (ChatExample) all("tags").get(0);

    assertThat(all("named"))
        .isEqualTo(
            List.of(
                ChatExample.of(
                    Message.system("s"),
                    Message.user("a"),
                    Message.assistant("b"),
                    Message.user("c"),
                    Message.assistant("d"))));
    assertThat(lost("named")).containsExactly("$.input");
    assertThat(all("pairs"))
        .isEqualTo(
            List.of(
                PreferenceExample.of(
                    List.of(Message.user("Hi")),
                    Message.assistant("Yes"),
                    Message.assistant("No"))));
    assertThat(tags.messages().get(1).toolCalls()).hasSize(1);
    assertThat(tags.tools()).hasSize(1);
    assertThat(info().unused("named")).containsExactly("num_samples");
    assertThat(info().files()).contains("plain", "kto").doesNotContain("hub");
  }

  @Test
  void anEntryWithoutColumnsUsesTheUsualOnesOnly() throws IOException {
    write(
        "plain.json",
        "[{\"instruction\":\"Add\",\"input\":\"1, 1\",\"output\":\"2\",\"system\":\"s\"}]");
    write("kto.jsonl", "{\"q\":\"Hi\",\"a\":\"Go\",\"good\":false}\n");

    assertThat(all("plain"))
        .isEqualTo(List.of(ChatExample.of(Message.user("Add\n1, 1"), Message.assistant("2"))));
    assertThat(lost("plain")).containsExactly("$.system");
    assertThat(info().open("kto").codec().name()).isEqualTo("unpaired-preference");
    assertThat(all("kto")).hasSize(1);
  }

  @Test
  void entriesThatCannotBeReadSayWhy() {
    DatasetInfo info = info();

    for (List<String> each :
        List.of(
            List.of("nothing", "There is no data set \"nothing\""),
            List.of("hub", "The data of \"hub\" is not a file but hf_hub_url; download it first."),
            List.of("outside", "The file \"../x.json\" is outside the folder"))) {
      assertThatThrownBy(() -> info.open(each.get(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(each.get(1));
    }
  }

  @Test
  void textsAndUnknownFormattingsAreRefused() throws IOException {
    write("texts.json", "[{\"text\":\"a\"}]");
    write("x.json", "[]");

    assertThatThrownBy(() -> info().open("texts"))
        .hasMessage(
            "The data set \"texts\" has plain texts without answers (pre-training), which are not"
                + " read.");
    assertThatThrownBy(() -> info().open("other"))
        .hasMessage(
            "The data set \"other\" has the formatting \"chatml\"; expected alpaca, sharegpt or"
                + " openai.");
  }
}
