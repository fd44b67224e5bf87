package dev.finetune4j.local.internal.trainer;

import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The random model of a few thousand parameters that tests train, and something for it to learn.
 */
public final class MicroModel {
  private MicroModel() {}

  /** Its checkpoint folder. */
  public static Path folder() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(MicroModel.class.getResource("/golden/tied")).toURI());
  }

  /** Questions with the same short answer, of different lengths. */
  public static List<List<ChatMessage>> conversations(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                List.of(
                    ChatMessage.of("user", "the ".repeat(i % 5 + 1) + (char) ('a' + i % 26)),
                    ChatMessage.answer("" + (char) ('a' + i % 26) + "!")))
        .toList();
  }
}
