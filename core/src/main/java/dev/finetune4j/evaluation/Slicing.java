package dev.finetune4j.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A rule that divides samples into slices. Immutable and thread-safe. */
public final class Slicing {
  private final String name;
  private final String description;
  private final Function<List<SampleResult>, Map<String, List<Integer>>> cut;

  private Slicing(
      String name,
      String description,
      Function<List<SampleResult>, Map<String, List<Integer>>> cut) {
    this.name = name;
    this.description = description;
    this.cut = cut;
  }

  /** Slices by the value of a tag; samples without it form the slice {@code (none)}. */
  public static Slicing byTag(String tag) {
    return by(tag, sample -> sample.tags().getOrDefault(tag, "(none)"));
  }

  /**
   * Slices by the language of the prompt, guessed from its script and, for Latin script, from
   * frequent words of English, German, French, Spanish, Italian, Portuguese and Dutch; everything
   * else is {@code other}. Short prompts are often not recognized; a tag is more reliable.
   */
  public static Slicing byLanguage() {
    return by("language", sample -> Languages.of(sample.prompt()));
  }

  /** Slices by any label; slices are sorted by label. */
  public static Slicing by(String name, Function<SampleResult, String> label) {
    return new Slicing(
        name,
        name,
        samples -> {
          Map<String, List<Integer>> parts = new TreeMap<>();
          for (int i = 0; i < samples.size(); i++) {
            parts.computeIfAbsent(label.apply(samples.get(i)), key -> new ArrayList<>()).add(i);
          }
          return parts;
        });
  }

  /**
   * Slices by the length of the prompt in characters.
   *
   * @param bounds the lengths at which a new band starts, strictly ascending: 200 and 1,000 give
   *     three bands; if empty, three bands with a third of the samples each
   * @throws IllegalArgumentException if they are not strictly ascending
   */
  public static Slicing byPromptLength(int... bounds) {
    for (int i = 1; i < bounds.length; i++) {
      if (bounds[i - 1] >= bounds[i]) {
        throw new IllegalArgumentException(
            "bounds must be strictly ascending, were " + Arrays.toString(bounds));
      }
    }
    int[] given = bounds.clone();
    return new Slicing(
        "prompt length",
        "prompt length " + Arrays.toString(given),
        samples -> bands(samples, given.length == 0 ? thirds(samples) : given));
  }

  /** Returns the name of this rule. */
  public String name() {
    return name;
  }

  /** Returns the name, with the bounds of a slicing by length if they were given. */
  @Override
  public String toString() {
    return description;
  }

  /** Returns the positions of the samples of each slice by label; no slice is empty. */
  Map<String, List<Integer>> cut(List<SampleResult> samples) {
    return cut.apply(samples);
  }

  private static int[] thirds(List<SampleResult> samples) {
    int[] lengths =
        samples.stream().mapToInt(sample -> sample.prompt().length()).sorted().toArray();
    return lengths.length == 0
        ? lengths
        : IntStream.of(lengths[lengths.length / 3], lengths[lengths.length * 2 / 3])
            .distinct()
            .toArray();
  }

  private static Map<String, List<Integer>> bands(List<SampleResult> samples, int[] bounds) {
    Map<String, List<Integer>> parts = new LinkedHashMap<>();
    for (int band = 0; band <= bounds.length; band++) {
      int from = band == 0 ? 0 : bounds[band - 1];
      int to = band == bounds.length ? Integer.MAX_VALUE : bounds[band];
      List<Integer> places =
          IntStream.range(0, samples.size())
              .filter(i -> from <= samples.get(i).prompt().length())
              .filter(i -> samples.get(i).prompt().length() < to)
              .boxed()
              .toList();
      if (!places.isEmpty()) {
        parts.put(label(from, to), places);
      }
    }
    return parts;
  }

  private static String label(int from, int to) {
    return to == Integer.MAX_VALUE
        ? String.format(Locale.ROOT, "%,d characters and more", from)
        : String.format(Locale.ROOT, "%,d to %,d characters", from, to - 1);
  }
}
