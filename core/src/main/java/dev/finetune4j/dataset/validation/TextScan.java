package dev.finetune4j.dataset.validation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at every string of a record: what no text of training data holds on purpose. */
final class TextScan {
  private TextScan() {}

  static void scan(@Nullable Object tree, String path, RecordFindings out) {
    if (tree instanceof String text) {
      // An image in a data URL is megabytes of letters that say nothing.
      if (!text.startsWith("data:")) {
        text(text, path, out);
      }
    } else if (tree instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> member : map.entrySet()) {
        Object value = member.getValue();
        if (value instanceof String || value instanceof Map || value instanceof List) {
          scan(value, path + "." + member.getKey(), out);
        }
      }
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        scan(list.get(i), path + "[" + i + "]", out);
      }
    }
  }

  private static void text(String text, String path, RecordFindings out) {
    characters(text, path, out);
    SpecialTokens.scan(text, path, out);
    String secret = SecretPatterns.find(text);
    if (secret != null) {
      out.warning(
          "secret",
          path,
          "The text seems to hold " + secret + ".",
          "Replace it by a placeholder, and revoke it if it is real: models repeat what they learn.");
    }
    if (EmailPattern.isIn(text)) {
      out.warning(
          "email-address",
          path,
          "The text holds an e-mail address.",
          "Replace it by a placeholder unless it is meant to be learnt.");
    }
  }

  private static void characters(String text, String path, RecordFindings out) {
    int control = -1;
    boolean replaced = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\t' && c != '\r') {
        control = c;
      } else if (c == '\uFFFD') {
        replaced = true;
      }
    }
    if (control >= 0) {
      out.warning(
          "control-character",
          path,
          String.format("The text holds the control character U+%04X.", control),
          "Remove it.");
    }
    if (replaced) {
      out.warning(
          "replacement-character",
          path,
          "The text holds U+FFFD, which stands for what was lost in an earlier conversion.",
          "Convert the source again, from its true encoding.");
    }
  }
}
