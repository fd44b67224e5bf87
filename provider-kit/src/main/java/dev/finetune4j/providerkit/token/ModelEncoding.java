package dev.finetune4j.providerkit.token;

import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.Locale;

/**
 * The encoding of a model. The table follows that of tiktoken 0.14; jtokkit's own list ends before
 * gpt-4.1.
 *
 * @param type the encoding
 * @param published whether the model's encoding is known, not only guessed
 */
record ModelEncoding(EncodingType type, boolean published) {
  private static final List<String> O200K =
      List.of("gpt-4o", "chatgpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "o1", "o3", "o4-mini");
  private static final List<String> CL100K =
      List.of(
          "gpt-4",
          "gpt-3.5",
          "gpt-35",
          "davinci-002",
          "babbage-002",
          "text-embedding-3",
          "text-embedding-ada-002");

  static ModelEncoding of(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    if (name.startsWith("ft:")) {
      name = name.substring(3);
    }
    // The newer families first: gpt-4o begins like gpt-4.
    if (isOf(name, O200K)) {
      return new ModelEncoding(EncodingType.O200K_BASE, true);
    } else if (isOf(name, CL100K)) {
      return new ModelEncoding(EncodingType.CL100K_BASE, true);
    }
    return new ModelEncoding(EncodingType.O200K_BASE, false);
  }

  private static boolean isOf(String name, List<String> families) {
    for (String family : families) {
      if (name.equals(family)
          || (name.startsWith(family) && "-.:".indexOf(name.charAt(family.length())) >= 0)) {
        return true;
      }
    }
    return false;
  }
}
