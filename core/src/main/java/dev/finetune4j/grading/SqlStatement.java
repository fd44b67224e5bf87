package dev.finetune4j.grading;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One SQL statement as a model writes it. Immutable and thread-safe.
 *
 * @param text without fence and without the semicolon at its end
 * @param bones the text in capitals, with an x for each literal, quoted name and comment
 */
record SqlStatement(String text, String bones) {
  private static final Pattern FENCE = Pattern.compile("(?s)^```\\w*\\s*(.*?)\\s*```$");
  private static final Pattern HIDDEN =
      Pattern.compile("(?s)'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\\*.*?\\*/");
  private static final Pattern BRACKETS = Pattern.compile("\\([^()]*\\)");
  private static final Pattern READS = Pattern.compile("^(SELECT|WITH|VALUES)\\b");
  private static final Pattern WRITES =
      Pattern.compile("\\b(INSERT|UPDATE|DELETE|MERGE|DROP|ALTER|CREATE|TRUNCATE|INTO|CALL)\\b");
  private static final Pattern ORDERS = Pattern.compile("\\bORDER\\s+BY\\b");

  /** Reads what a model wrote: a statement, perhaps in a fence, perhaps ended by a semicolon. */
  static SqlStatement of(String answer) {
    String text = FENCE.matcher(answer.strip()).replaceAll("$1").strip();
    while (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).strip();
    }
    String bones = HIDDEN.matcher(text).replaceAll(" x ").toUpperCase(Locale.ROOT);
    return new SqlStatement(text, bones.strip());
  }

  /** Returns whether it is one statement that begins as one that reads, and names no writing. */
  boolean onlyReads() {
    return READS.matcher(bones).find() && !WRITES.matcher(bones).find() && !bones.contains(";");
  }

  /** Returns whether its outermost level orders the rows. */
  boolean orders() {
    String outer = bones;
    String inner;
    do {
      inner = outer;
      outer = BRACKETS.matcher(inner).replaceAll(" ");
    } while (!outer.equals(inner));
    return ORDERS.matcher(outer).find();
  }
}
