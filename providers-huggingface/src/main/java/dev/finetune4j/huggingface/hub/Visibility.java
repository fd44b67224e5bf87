package dev.finetune4j.huggingface.hub;

import java.util.Locale;

/** Who may see a repository. */
public enum Visibility {
  /** Everybody. */
  PUBLIC,
  /** Its owner, and members of the owning organization. */
  PRIVATE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
