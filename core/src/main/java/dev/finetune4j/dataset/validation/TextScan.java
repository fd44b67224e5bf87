package dev.finetune4j.dataset.validation;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks in every string of a record for secrets, addresses and other accidents. */
final class TextScan {
  private static final int LONGEST_EMAIL_NAME = 64;
  private static final int LONGEST_EMAIL = 320;
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,24}");
  private static final String BEFORE = "(?<![A-Za-z0-9_-])";

  /** A common form of keys. Looking for its prefix first makes texts without it cheap to scan. */
  private record SecretForm(String prefix, Pattern whole, String name) {
    static SecretForm of(String prefix, String rest, String name) {
      return new SecretForm(prefix, Pattern.compile(BEFORE + Pattern.quote(prefix) + rest), name);
    }
  }

  private static final List<SecretForm> SECRETS =
      List.of(
          SecretForm.of("sk-", "[A-Za-z0-9_-]{20,}", "an API key (sk-...)"),
          SecretForm.of("sk_live_", "[A-Za-z0-9]{16,}", "a payment key (sk_live_...)"),
          SecretForm.of("AKIA", "[A-Z0-9]{16}(?![A-Za-z0-9])", "a cloud access key (AKIA...)"),
          SecretForm.of("ASIA", "[A-Z0-9]{16}(?![A-Za-z0-9])", "a cloud access key (ASIA...)"),
          SecretForm.of("AIza", "[A-Za-z0-9_-]{35}", "an API key (AIza...)"),
          SecretForm.of("ghp_", "[A-Za-z0-9]{36}", "an access token (ghp_...)"),
          SecretForm.of("gho_", "[A-Za-z0-9]{36}", "an access token (gho_...)"),
          SecretForm.of("ghs_", "[A-Za-z0-9]{36}", "an access token (ghs_...)"),
          SecretForm.of("github_pat_", "[A-Za-z0-9_]{22,}", "an access token (github_pat_...)"),
          SecretForm.of("glpat-", "[A-Za-z0-9_-]{20}", "an access token (glpat-...)"),
          SecretForm.of("hf_", "[A-Za-z0-9]{30,}", "an access token (hf_...)"),
          SecretForm.of("xox", "[abprs]-[A-Za-z0-9-]{10,}", "an access token (xox...)"),
          SecretForm.of(
              "eyJ",
              "[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}",
              "a JSON web token"),
          SecretForm.of("-----BEGIN ", "[A-Z ]{0,30}PRIVATE KEY-----", "a private key"));
  private static final Pattern BARRED_TOKEN = Pattern.compile("<\\|([A-Za-z0-9_]{2,40})\\|>");
  private static final List<String> TEMPLATE_TOKENS =
      List.of("[INST]", "[/INST]", "<<SYS>>", "<start_of_turn>", "<end_of_turn>");

  private TextScan() {}

  static void scan(@Nullable Object tree, String path, RecordFindings out) {
    if (tree instanceof String text) {
      // An image in a data URL is megabytes of meaningless characters.
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
    specialTokens(text, path, out);
    String secret = findSecret(text);
    if (secret != null) {
      out.warning(
          "secret",
          path,
          "The text appears to contain " + secret + ".",
          "Replace it with a placeholder, and revoke it if it is real: models repeat what they learn.");
    }
    if (containsEmail(text)) {
      out.warning(
          "email-address",
          path,
          "The text contains an e-mail address.",
          "Replace it with a placeholder, unless the model should learn it.");
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
          String.format("The text contains the control character U+%04X.", control),
          "Remove it.");
    }
    if (replaced) {
      out.warning(
          "replacement-character",
          path,
          "The text contains U+FFFD, which replaces characters lost in an earlier conversion.",
          "Convert the source again with its correct encoding.");
    }
  }

  private static boolean containsEmail(String text) {
    int at = text.indexOf('@');
    while (at >= 0) {
      // Matching the whole text would backtrack too often, so only the surroundings are matched.
      int from = Math.max(0, at - LONGEST_EMAIL_NAME);
      int to = Math.min(text.length(), at + LONGEST_EMAIL);
      if (at > 0 && EMAIL.matcher(text).region(from, to).find()) {
        return true;
      }
      at = text.indexOf('@', at + 1);
    }
    return false;
  }

  /** Returns the kind of secret that the text appears to contain, or null. */
  private static @Nullable String findSecret(String text) {
    for (SecretForm form : SECRETS) {
      if (text.indexOf(form.prefix()) >= 0 && form.whole().matcher(text).find()) {
        return form.name();
      }
    }
    return null;
  }

  private static void specialTokens(String text, String path, RecordFindings out) {
    if (text.indexOf("<|") >= 0) {
      Matcher matcher = BARRED_TOKEN.matcher(text);
      if (matcher.find()) {
        out.error(
            "special-token",
            path,
            "The text contains the special token " + matcher.group() + ".",
            "Remove it: the service or the chat template adds such tokens itself.");
        return;
      }
    }
    if (text.indexOf('[') < 0 && text.indexOf('<') < 0) {
      return;
    }
    for (String other : TEMPLATE_TOKENS) {
      if (text.contains(other)) {
        out.warning(
            "special-token",
            path,
            "The text holds " + other + ", a token of some chat templates.",
            "Remove it: the chat template adds such tokens itself.");
        return;
      }
    }
  }
}
