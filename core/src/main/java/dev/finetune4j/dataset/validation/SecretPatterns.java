package dev.finetune4j.dataset.validation;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The common forms of keys. Each has a beginning that is looked for first, so that texts without it
 * cost next to nothing; what was found is never repeated.
 */
final class SecretPatterns {
  private static final String BEFORE = "(?<![A-Za-z0-9_-])";

  private record Form(String begins, Pattern whole, String name) {
    static Form of(String begins, String rest, String name) {
      return new Form(begins, Pattern.compile(BEFORE + Pattern.quote(begins) + rest), name);
    }
  }

  private static final List<Form> FORMS =
      List.of(
          Form.of("sk-", "[A-Za-z0-9_-]{20,}", "an API key (sk-...)"),
          Form.of("sk_live_", "[A-Za-z0-9]{16,}", "a payment key (sk_live_...)"),
          Form.of("AKIA", "[A-Z0-9]{16}(?![A-Za-z0-9])", "a cloud access key (AKIA...)"),
          Form.of("ASIA", "[A-Z0-9]{16}(?![A-Za-z0-9])", "a cloud access key (ASIA...)"),
          Form.of("AIza", "[A-Za-z0-9_-]{35}", "an API key (AIza...)"),
          Form.of("ghp_", "[A-Za-z0-9]{36}", "an access token (ghp_...)"),
          Form.of("gho_", "[A-Za-z0-9]{36}", "an access token (gho_...)"),
          Form.of("ghs_", "[A-Za-z0-9]{36}", "an access token (ghs_...)"),
          Form.of("github_pat_", "[A-Za-z0-9_]{22,}", "an access token (github_pat_...)"),
          Form.of("glpat-", "[A-Za-z0-9_-]{20}", "an access token (glpat-...)"),
          Form.of("hf_", "[A-Za-z0-9]{30,}", "an access token (hf_...)"),
          Form.of("xox", "[abprs]-[A-Za-z0-9-]{10,}", "an access token (xox...)"),
          Form.of(
              "eyJ",
              "[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}",
              "a JSON web token"),
          Form.of("-----BEGIN ", "[A-Z ]{0,30}PRIVATE KEY-----", "a private key"));

  private SecretPatterns() {}

  /** Returns what kind of secret seems to be in the text, null if none does. */
  static @Nullable String find(String text) {
    for (Form form : FORMS) {
      if (text.indexOf(form.begins()) >= 0 && form.whole().matcher(text).find()) {
        return form.name();
      }
    }
    return null;
  }
}
