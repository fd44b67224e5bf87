package dev.finetune4j.dataset.format;

import org.jspecify.annotations.Nullable;

/** The label of unpaired preference data: whether an answer is wanted. */
final class Unpaired {
  static final String RULE = "unpaired-preference";
  private static final String SUGGESTION =
      "Read the file with the format unpaired-preference: here, rejected answers would be learned"
          + " as well.";

  private Unpaired() {}

  /**
   * Refuses a record with a label: a format of answers to learn would learn the rejected ones, too.
   */
  static void refuse(RecordNode root) {
    refuse(root, false);
  }

  /** Refuses a record with a label, of any kind or only one that is true or false. */
  static void refuse(RecordNode root, boolean anyKind) {
    if (root.allowsLabel()) {
      return;
    }
    for (String name : new String[] {"label", "kto_tag"}) {
      // Other labels may name the class of a text, for example.
      boolean isLabel = anyKind || name.equals("kto_tag") || root.peek(name) instanceof Boolean;
      RecordNode label = isLabel ? root.find(name) : null;
      if (label != null) {
        label.error(
            RULE, "The record has a label, so it is unpaired preference data (KTO).", SUGGESTION);
      }
    }
  }

  /** Reads the label; null after reporting that there is none. */
  static @Nullable Boolean read(RecordNode root) {
    RecordNode label = root.findAny("label", "kto_tag");
    if (label == null) {
      root.fail(
          RULE,
          "The member \"" + root.nameOf("label") + "\" is missing.",
          "Add true for an answer that is wanted, false for one that is not.");
      return null;
    }
    if (label.value() instanceof Boolean flag) {
      return flag;
    }
    // The cells of a table are texts.
    String text = String.valueOf(label.value());
    if (label.isText() && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return text.equalsIgnoreCase("true");
    }
    label.fail(
        RULE,
        "The label is " + label.kind() + ".",
        "Use true for an answer that is wanted, false for one that is not.");
    return null;
  }
}
