package dev.finetune4j.chat;

import java.util.Locale;
import java.util.Optional;

/** Who speaks in a message. */
public enum Role {
  /** Instructions that hold for the whole conversation. */
  SYSTEM,
  /** Instructions, in the word that reasoning models use. */
  DEVELOPER,
  /** The person, or the application, that asks. */
  USER,
  /** The model. */
  ASSISTANT,
  /** The result of a tool that the model called. */
  TOOL;

  /** Returns the role in lower case, as data sets write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the role that data sets write as {@code word}, empty for an unknown word. */
  public static Optional<Role> find(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
