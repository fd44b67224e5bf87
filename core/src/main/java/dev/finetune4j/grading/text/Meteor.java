package dev.finetune4j.grading.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * METEOR of one answer against one reference, as nltk computes it with its usual settings (alpha
 * 0.9, beta 3, gamma 0.5): words parted by white space, in lower case; equal words are matched
 * first, then equal stems, then synonyms, each time from the end of the answer backwards.
 */
final class Meteor implements TextScore {
  private static final double ALPHA = 0.9;
  private static final double BETA = 3;
  private static final double GAMMA = 0.5;

  private final Synonyms synonyms;

  Meteor(Synonyms synonyms) {
    this.synonyms = synonyms;
  }

  @Override
  public double of(String answer, String reference) {
    List<String> given = Words.bySpace(answer.toLowerCase(Locale.ROOT));
    List<String> wanted = Words.bySpace(reference.toLowerCase(Locale.ROOT));
    SortedMap<Integer, Integer> matches = align(given, wanted);
    if (matches.isEmpty()) {
      return 0;
    }
    double precision = (double) matches.size() / given.size();
    double recall = (double) matches.size() / wanted.size();
    double mean = precision * recall / (ALPHA * precision + (1 - ALPHA) * recall);
    double fragmentation = (double) chunks(matches) / matches.size();
    return (1 - GAMMA * Math.pow(fragmentation, BETA)) * mean;
  }

  private SortedMap<Integer, Integer> align(List<String> given, List<String> wanted) {
    SortedMap<Integer, Integer> matches = new TreeMap<>();
    match(given, wanted, Synonyms.NONE, matches);
    if (matches.size() < Math.min(given.size(), wanted.size())) {
      List<String> givenStems = given.stream().map(PorterStemmer::stem).toList();
      List<String> wantedStems = wanted.stream().map(PorterStemmer::stem).toList();
      match(givenStems, wantedStems, Synonyms.NONE, matches);
      if (synonyms != Synonyms.NONE) {
        match(givenStems, wantedStems, synonyms, matches);
      }
    }
    return matches;
  }

  /** Adds matches among the words that have none: the place in the answer to that wanted. */
  private static void match(
      List<String> given,
      List<String> wanted,
      Synonyms synonyms,
      SortedMap<Integer, Integer> matches) {
    Map<String, Deque<Integer>> places = new HashMap<>();
    Set<Integer> taken = Set.copyOf(matches.values());
    for (int place = 0; place < wanted.size(); place++) {
      if (!taken.contains(place)) {
        places.computeIfAbsent(wanted.get(place), word -> new ArrayDeque<>()).push(place);
      }
    }
    for (int place = given.size() - 1; place >= 0; place--) {
      if (!matches.containsKey(place)) {
        Deque<Integer> last = lastPlaces(given.get(place), synonyms, places);
        if (!last.isEmpty()) {
          matches.put(place, last.pop());
        }
      }
    }
  }

  /** Returns the free places of the word, or of the synonym that appears last. */
  private static Deque<Integer> lastPlaces(
      String word, Synonyms synonyms, Map<String, Deque<Integer>> places) {
    List<String> words = new ArrayList<>(synonyms.of(word));
    words.add(word);
    Deque<Integer> found = new ArrayDeque<>();
    for (String each : words) {
      Deque<Integer> free = places.get(each);
      if (free != null
          && !free.isEmpty()
          && (found.isEmpty() || free.element() > found.element())) {
        found = free;
      }
    }
    return found;
  }

  /** Counts the runs of matches that are neighbours in both texts. */
  private static int chunks(SortedMap<Integer, Integer> matches) {
    int chunks = 0;
    int lastGiven = -2;
    int lastWanted = -2;
    for (Map.Entry<Integer, Integer> match : matches.entrySet()) {
      if (match.getKey() != lastGiven + 1 || match.getValue() != lastWanted + 1) {
        chunks++;
      }
      lastGiven = match.getKey();
      lastWanted = match.getValue();
    }
    return chunks;
  }
}
