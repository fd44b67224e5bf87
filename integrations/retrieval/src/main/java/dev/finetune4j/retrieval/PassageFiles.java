package dev.finetune4j.retrieval;

import dev.finetune4j.baseline.Passage;
import dev.finetune4j.dataset.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Cuts text files into passages. Stateless. */
public final class PassageFiles {

  private PassageFiles() {}

  /**
   * Reads all files below {@code folder} that end in .txt or .md, in the order of their paths.
   * Paragraphs, parted by empty lines, are put together up to {@code maximumWords}; a longer one is
   * cut. A passage is called after its file and its number in it: {@code rules/refunds.md#2}.
   *
   * @throws IllegalArgumentException if there is no such folder, or {@code maximumWords} is below 1
   * @throws DataFileException if a file cannot be read as UTF-8
   */
  public static List<Passage> read(Path folder, int maximumWords) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is not a folder.");
    }
    List<Passage> passages = new ArrayList<>();
    for (Path file : texts(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      try {
        passages.addAll(split(name, Files.readString(file), maximumWords));
      } catch (IOException e) {
        throw new DataFileException("read as text in UTF-8", file, e);
      }
    }
    return passages;
  }

  /** Cuts one text as {@link #read} cuts a file of that name. */
  public static List<Passage> split(String name, String text, int maximumWords) {
    if (maximumWords < 1) {
      throw new IllegalArgumentException(
          "maximumWords must be at least 1, was " + maximumWords + ".");
    }
    List<Passage> passages = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int words = 0;
    for (String paragraph : text.strip().split("\\R\\s*\\R", -1)) {
      for (String piece : pieces(paragraph, maximumWords)) {
        int more = words(piece);
        if (words > 0 && words + more > maximumWords) {
          passages.add(passage(name, passages.size(), open));
          open.setLength(0);
          words = 0;
        }
        open.append(open.length() == 0 ? "" : "\n\n").append(piece);
        words += more;
      }
    }
    if (words > 0) {
      passages.add(passage(name, passages.size(), open));
    }
    return passages;
  }

  private static Passage passage(String name, int before, StringBuilder text) {
    return new Passage(name + "#" + (before + 1), text.toString());
  }

  private static List<String> pieces(String paragraph, int maximumWords) {
    String text = paragraph.strip();
    if (words(text) <= maximumWords) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    String[] words = text.split("\\s+", -1);
    List<String> pieces = new ArrayList<>();
    for (int start = 0; start < words.length; start += maximumWords) {
      int end = Math.min(words.length, start + maximumWords);
      pieces.add(String.join(" ", List.of(words).subList(start, end)));
    }
    return pieces;
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
  }

  private static List<Path> texts(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(PassageFiles::isText).sorted().toList();
    } catch (IOException e) {
      throw new DataFileException("list", folder, e);
    }
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".txt") || name.endsWith(".md");
  }
}
