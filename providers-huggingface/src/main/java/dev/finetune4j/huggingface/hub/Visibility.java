package dev.finetune4j.huggingface.hub;

import java.util.Locale;

/** Who may see a repository. */
public enum Visibility {
  /** Everybody. */
  PUBLIC,
  /** Its owner, and who is in the owner's organization. */
  PRIVATE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
