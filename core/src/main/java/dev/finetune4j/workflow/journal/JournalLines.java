package dev.finetune4j.workflow.journal;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonSyntaxException;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For authors of journals: entries as text, and the rules that every journal keeps. No I/O. */
public final class JournalLines {

  private JournalLines() {}

  /** Returns an entry as a JSON object in one line. */
  public static String write(JournalEntry entry) {
    return JournalJson.encode(entry).toString();
  }

  /**
   * Returns the entry that was written as {@code line}.
   *
   * @param run the run that the line belongs to, for the message
   * @throws JournalException if the line is damaged or of a newer release
   */
  public static JournalEntry read(RunId run, String line) {
    try {
      return JournalJson.decode(Json.parseObject(line));
    } catch (JsonSyntaxException | IllegalArgumentException | DateTimeException e) {
      throw new JournalException(
          "Cannot read a journal entry of run "
              + run
              + ": "
              + e.getMessage()
              + " It is damaged, or a newer release wrote it.",
          e);
    }
  }

  /**
   * Checks that an entry may follow the last one of its run.
   *
   * @param last the last entry, null for a run without any
   * @throws JournalException if it may not
   */
  public static void requireMayFollow(RunId run, @Nullable JournalEntry last, JournalEntry entry) {
    JournalTransition.require(run, last == null ? List.of() : List.of(last), entry);
  }

  /**
   * Checks the name of a stored text.
   *
   * @throws IllegalArgumentException if it is not a name that every journal can keep
   */
  public static void requireTextName(String name) {
    FileJournal.requireName(name);
  }
}
