package dev.finetune4j.jdbc;

/**
 * What a column can hold.
 *
 * @param characters the length of the longest text, in UTF-16 characters
 */
record TextLimit(int characters) {

  TextLimit {
    if (characters < 1) {
      throw new IllegalArgumentException(
          "The longest text must have 1 character or more, and this is " + characters + ".");
    }
  }

  /** Refuses a text that is too long, or that PostgreSQL cannot hold. */
  void require(String what, String text) {
    if (text.length() > characters) {
      throw new IllegalArgumentException(
          what
              + " has "
              + text.length()
              + " characters, above the limit of "
              + characters
              + ". Raise JdbcStore.Builder.longestText, or measure on fewer samples.");
    }
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      throw new IllegalArgumentException(
          what
              + " has the character U+0000 at index "
              + zero
              + ", which PostgreSQL cannot hold. Remove it, or encode the text as JSON.");
    }
  }
}
