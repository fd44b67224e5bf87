package dev.finetune4j.jdbc;

/**
 * The limits of a text column.
 *
 * @param characters the maximum length, in UTF-16 characters
 */
record TextLimit(int characters) {

  TextLimit {
    if (characters < 1) {
      throw new IllegalArgumentException("longestText must be at least 1, was " + characters + ".");
    }
  }

  /** Refuses a text that is too long or that PostgreSQL cannot store. */
  void require(String what, String text) {
    if (text.length() > characters) {
      throw new IllegalArgumentException(
          what
              + " has "
              + text.length()
              + " characters, above the limit of "
              + characters
              + ". Raise JdbcStore.Builder.longestText, or evaluate fewer samples.");
    }
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      throw new IllegalArgumentException(
          what
              + " has the character U+0000 at index "
              + zero
              + ", which PostgreSQL cannot store. Remove it, or encode the text as JSON.");
    }
  }
}
