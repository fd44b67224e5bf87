package dev.finetune4j.providerkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OpenAiTokenCounterTest {
  private static final String[] PIECES = {
    "the",
    " the",
    " Quick",
    "fox",
    "'s",
    " don't",
    "  ",
    "\n",
    " \n ",
    "\r\n",
    "\t",
    ",",
    ". ",
    "!?",
    " USA",
    "eBay",
    "caf\u00e9",
    " na\u00efve",
    "\u4f60\u597d",
    " \ud83d\ude00",
    "123",
    " 4567",
    "/",
    " (x)",
    "_",
    " internationalisation",
    " a",
    " I",
    "\u0301",
    "-",
    " -",
    "{\"a\": 1}",
    "7",
    "1234567",
    " 5",
    "\u0663",
    "\u00a0",
    " word"
  };

  @ParameterizedTest
  @EnumSource(names = {"CL100K_BASE", "O200K_BASE"})
  void wordsCountedApartAddUpToTheWholeText(EncodingType type) {
    Encoding whole = Encodings.newLazyEncodingRegistry().getEncoding(type);
    PieceCounter counter = PieceCounter.of(type);
    Random random = new Random(20261122);

    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int pieces = random.nextInt(12);
      for (int piece = 0; piece < pieces; piece++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }

      assertThat(counter.count(text.toString()))
          .as("<%s>", text)
          .isEqualTo(whole.countTokensOrdinary(text.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o-mini-2024-07-18, o200k_base, true",
    "ft:gpt-4o-mini-2024-07-18:acme::id, o200k_base, true",
    "gpt-4.1-nano, o200k_base, true",
    "gpt-5-mini, o200k_base, true",
    "o4-mini-2025-04-16, o200k_base, true",
    "o3, o200k_base, true",
    "gpt-3.5-turbo-0125, cl100k_base, true",
    "gpt-35-turbo, cl100k_base, true",
    "gpt-4-0613, cl100k_base, true",
    "babbage-002, cl100k_base, true",
    "gpt-9, o200k_base, false",
    "oracle, o200k_base, false"
  })
  void aModelIsCountedWithItsEncodingAndAnUnknownOneIsFlagged(
      String model, String encoding, boolean exact) {
    OpenAiTokenCounter counter = OpenAiTokenCounter.forModel(model);

    assertThat(counter.encodingName()).isEqualTo(encoding);
    assertThat(counter.isExact()).isEqualTo(exact);
  }

  @Test
  void marksAroundMessagesFollowTheNotebook() {
    OpenAiTokenCounter counter = OpenAiTokenCounter.forModel("gpt-3.5-turbo");

    long tokens =
        counter.count(ChatExample.of(Message.user("hello world"), Message.assistant("hello")));

    // 3 for the example; for each message 3, its role 1, and its words.
    assertThat(tokens).isEqualTo(3 + (3 + 1 + 2) + (3 + 1 + 1));
  }
}
