package dev.finetune4j.local.internal.pretraining;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The visible character that byte-level tokenizers write for each of the 256 bytes. Stateless. */
final class ByteAlphabet {
  private static final String[] CHARACTERS = characters();

  private ByteAlphabet() {}

  private static String[] characters() {
    String[] characters = new String[256];
    int next = 256;
    for (int value = 0; value < 256; value++) {
      boolean visible =
          (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
      characters[value] = String.valueOf((char) (visible ? value : next++));
    }
    return characters;
  }

  /** A text with each of its bytes as its character. */
  static String spell(String text) {
    StringBuilder spelled = new StringBuilder();
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      spelled.append(CHARACTERS[value & 0xFF]);
    }
    return spelled.toString();
  }

  /** All characters, in the order of their bytes. */
  static List<String> all() {
    return new ArrayList<>(List.of(CHARACTERS));
  }
}
