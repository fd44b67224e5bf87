package dev.finetune4j.local.internal.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.local.internal.trainer.MicroModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChatTemplateTest {
  @TempDir Path directory;

  @Test
  void onlyTheTrainedMessageAndItsEndCount() throws Exception {
    try (Tokenizer tokenizer = Tokenizer.load(MicroModel.folder())) {
      ChatTemplate template = ChatTemplate.of(MicroModel.folder(), tokenizer);

      TokenSequence sequence =
          template.encode(
              List.of(
                  ChatMessage.of("user", "hi"),
                  new ChatMessage("assistant", "no", false),
                  ChatMessage.of("user", "why"),
                  ChatMessage.answer("yes")));

      int[] counted = IntStream.range(0, sequence.length()).filter(sequence::isTrained).toArray();
      int[] ids = java.util.Arrays.stream(counted).map(sequence::token).toArray();
      assertThat(tokenizer.decode(ids)).isEqualTo("yes");
      assertThat(ids[ids.length - 1]).isEqualTo(tokenizer.specialToken("<|im_end|>"));
      assertThat(sequence.trainedCount()).isEqualTo(4);
    }
  }

  @Test
  void aPromptEndsWithTheAssistantsHeader() throws Exception {
    try (Tokenizer tokenizer = Tokenizer.load(MicroModel.folder())) {
      ChatTemplate template = new ChatTemplate(ChatFormat.CHATML, tokenizer);

      int[] prompt = template.encodePrompt(List.of(ChatMessage.of("user", "hi")));

      assertThat(prompt).endsWith(tokenizer.encode("<|im_start|>assistant\n"));
    }
  }

  @Test
  void theDefaultSystemMessageOfATemplateIsWrittenWhereThereIsNone() throws Exception {
    Files.copy(MicroModel.folder().resolve("tokenizer.json"), directory.resolve("tokenizer.json"));
    Files.writeString(
        directory.resolve("chat_template.jinja"),
        "{% if messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\nBe good.<|im_end|>\\n' }}{% endif %}");

    try (Tokenizer tokenizer = Tokenizer.load(directory)) {
      ChatTemplate template = ChatTemplate.of(directory, tokenizer);

      TokenSequence without = template.encode(List.of(ChatMessage.of("user", "hi")));
      TokenSequence with =
          template.encode(
              List.of(ChatMessage.of("system", "Be good."), ChatMessage.of("user", "hi")));

      assertThat(without.tokens()).isEqualTo(with.tokens());
    }
  }

  @Test
  void anUnknownTemplateIsRefusedWithTheCure() throws Exception {
    Files.copy(MicroModel.folder().resolve("tokenizer.json"), directory.resolve("tokenizer.json"));
    Files.writeString(
        directory.resolve("chat_template.jinja"), "{{ '[INST]' + messages[0]['content'] }}");

    try (Tokenizer tokenizer = Tokenizer.load(directory)) {
      assertThatThrownBy(() -> ChatTemplate.of(directory, tokenizer))
          .hasMessageContaining("is not ChatML, Llama 3, Zephyr or the tiny base's")
          .hasMessageContaining("set \"chat_template\"");
    }
  }
}
