package dev.finetune4j.dataset.validation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks that tokenizers keep for themselves. */
final class SpecialTokens {
  private static final Pattern BARRED = Pattern.compile("<\\|([A-Za-z0-9_]{2,40})\\|>");
  private static final List<String> OTHERS =
      List.of("[INST]", "[/INST]", "<<SYS>>", "<start_of_turn>", "<end_of_turn>");

  private SpecialTokens() {}

  static void scan(String text, String path, RecordFindings out) {
    if (text.indexOf("<|") >= 0) {
      Matcher matcher = BARRED.matcher(text);
      if (matcher.find()) {
        out.error(
            "special-token",
            path,
            "The text holds the special token " + matcher.group() + ".",
            "Remove it: the service or the chat template adds such marks itself.");
        return;
      }
    }
    if (text.indexOf('[') < 0 && text.indexOf('<') < 0) {
      return;
    }
    for (String other : OTHERS) {
      if (text.contains(other)) {
        out.warning(
            "special-token",
            path,
            "The text holds " + other + ", a mark of some chat templates.",
            "Remove it: the chat template adds such marks itself.");
        return;
      }
    }
  }
}
