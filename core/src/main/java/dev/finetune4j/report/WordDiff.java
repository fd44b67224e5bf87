package dev.finetune4j.report;

import dev.finetune4j.internal.page.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word-by-word difference of two texts by their longest common subsequence. Stateless. */
final class WordDiff {
  private static final Pattern WORD = Pattern.compile("\\s+|[\\p{L}\\p{N}]+|.", Pattern.DOTALL);
  private static final int MOST_WORDS = 1_500;

  private WordDiff() {}

  /**
   * Returns {@code text} in pieces, marking what was added to and is missing from {@code expected}.
   */
  static List<Block.Piece> of(String expected, String text) {
    List<String> from = words(expected);
    List<String> to = words(text);
    if (from.isEmpty() || from.size() > MOST_WORDS || to.size() > MOST_WORDS) {
      return List.of(new Block.Piece(text, Block.Change.SAME));
    }
    int[][] common = common(from, to);
    List<Block.Piece> pieces = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < from.size() || j < to.size()) {
      if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
        add(pieces, to.get(j++), Block.Change.SAME);
        i++;
      } else if (j == to.size() || (i < from.size() && common[i + 1][j] >= common[i][j + 1])) {
        add(pieces, from.get(i++), Block.Change.MISSING);
      } else {
        add(pieces, to.get(j++), Block.Change.ADDED);
      }
    }
    return pieces;
  }

  private static int[][] common(List<String> from, List<String> to) {
    int[][] common = new int[from.size() + 1][to.size() + 1];
    for (int i = from.size() - 1; i >= 0; i--) {
      for (int j = to.size() - 1; j >= 0; j--) {
        common[i][j] =
            from.get(i).equals(to.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static void add(List<Block.Piece> pieces, String word, Block.Change change) {
    int last = pieces.size() - 1;
    if (last >= 0 && pieces.get(last).change() == change) {
      pieces.set(last, new Block.Piece(pieces.get(last).text() + word, change));
    } else {
      pieces.add(new Block.Piece(word, change));
    }
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
