package dev.finetune4j.huggingface.internal.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrlDataTest {
  @TempDir Path directory;

  @Test
  void aConversationThatTrainsItsLastMessageIsAPromptAndACompletion() throws Exception {
    ChatExample example =
        ChatExample.of(
            Message.of(Role.DEVELOPER, "Add."), Message.user("1 + 1"), Message.assistant("2"));

    assertThat(written(ChatExample.class, List.of(example)))
        .containsExactly(
            "{\"prompt\":[{\"role\":\"system\",\"content\":\"Add.\"},"
                + "{\"role\":\"user\",\"content\":\"1 + 1\"}],"
                + "\"completion\":[{\"role\":\"assistant\",\"content\":\"2\"}]}");
  }

  @Test
  void oneConversationWithTwoTrainedMessagesKeepsAllConversationsComplete() throws Exception {
    ChatExample one = ChatExample.of(Message.user("1"), Message.assistant("a"));
    ChatExample two =
        ChatExample.of(
            Message.user("1"),
            Message.assistant("a"),
            Message.user("2"),
            Message.assistant("b").untrained(),
            Message.user("3"),
            Message.assistant("c"));

    assertThat(written(ChatExample.class, List.of(one, two)))
        .first()
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"1\"},"
                + "{\"role\":\"assistant\",\"content\":\"a\"}],\"trained\":[1]}");
    assertThat(written(ChatExample.class, List.of(one, two)))
        .last()
        .asString()
        .endsWith("\"trained\":[1,5]}");
  }

  @Test
  void theArgumentsOfACallAreAnObject() throws Exception {
    ToolCall call = new ToolCall("c1", "add", "{\"numbers\": [1, 2.5]}");
    ToolDefinition tool = new ToolDefinition("add", "Adds.", "{\"type\":\"object\"}");
    ChatExample example =
        new ChatExample(
            List.of(Message.user("1 + 2.5"), Message.calling(List.of(call))), List.of(tool));

    assertThat(written(ChatExample.class, List.of(example)))
        .containsExactly(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"1 + 2.5\"},{\"role\":\"assistant\","
                + "\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"add\",\"arguments\":{\"numbers\":[1,2.5]}}}]}],"
                + "\"trained\":[1],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"add\","
                + "\"description\":\"Adds.\",\"parameters\":{\"type\":\"object\"}}}]}");
  }

  @Test
  void argumentsThatAreNotAnObjectAreRefused() {
    ToolCall call = new ToolCall("c1", "add", "[1]");
    ChatExample example = ChatExample.of(Message.user("?"), Message.calling(List.of(call)));

    assertThatThrownBy(() -> written(ChatExample.class, List.of(example)))
        .hasMessageContaining("The arguments of a call of \"add\" are not a JSON object");
  }

  @Test
  void aPairIsAPromptAndTwoAnswers() throws Exception {
    PreferenceExample pair =
        PreferenceExample.of(
            List.of(Message.user("?")), Message.assistant("good"), Message.assistant("bad"));

    assertThat(written(PreferenceExample.class, List.of(pair)))
        .containsExactly(
            "{\"prompt\":[{\"role\":\"user\",\"content\":\"?\"}],"
                + "\"chosen\":[{\"role\":\"assistant\",\"content\":\"good\"}],"
                + "\"rejected\":[{\"role\":\"assistant\",\"content\":\"bad\"}]}");
  }

  @Test
  void promptsKeepTheirReferences() throws Exception {
    PromptExample prompt = PromptExample.of(List.of(Message.user("?")), "4");

    assertThat(written(PromptExample.class, List.of(prompt)))
        .containsExactly(
            "{\"prompt\":[{\"role\":\"user\",\"content\":\"?\"}],\"reference\":{\"answer\":\"4\"}}");
  }

  private <E extends Example> List<String> written(Class<E> type, List<E> examples)
      throws IOException {
    Path file = directory.resolve("rows.jsonl");
    TrlData.write(file, Dataset.of("rows", type, examples), (example, number) -> {});
    return Files.readAllLines(file);
  }
}
