package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Remembers the prompts of held-out sets and finds them in training data. Not thread-safe. */
final class LeakFinder {
  private final HashTable exact;
  private final HashTable normalised;
  private final NearIndex near;
  private final List<String> names;
  private long remembered;

  LeakFinder(long bound, List<String> names) {
    exact = new HashTable(bound);
    normalised = new HashTable(bound);
    near = new NearIndex(bound / 2);
    this.names = names;
  }

  /** Reads the sets and remembers their prompts. */
  static LeakFinder of(List<? extends Dataset<? extends Example>> sets, long remembered) {
    LeakFinder finder = new LeakFinder(remembered, sets.stream().map(Dataset::name).toList());
    ExampleDigester digester = new ExampleDigester();
    for (int set = 0; set < sets.size(); set++) {
      try (Stream<? extends Example> examples = sets.get(set).examples()) {
        int number = 0;
        Iterator<? extends Example> all = examples.iterator();
        while (all.hasNext()) {
          number++;
          finder.remember(digester.digest(all.next(), true), (long) set << 32 | number);
        }
      }
    }
    return finder;
  }

  /** Remembers the prompt of the next example of the only set. */
  void remember(ExampleDigester.Digest digest) {
    remember(digest, ++remembered);
  }

  /** Remembers a prompt; the upper half of {@code place} is the set, the lower one the example. */
  private void remember(ExampleDigester.Digest digest, long place) {
    exact.put(digest.hashes().prompt(), place);
    normalised.put(digest.hashes().question(), place);
    long[] signature = digest.promptSignature();
    if (signature != null) {
      near.add(signature, (int) place);
    }
  }

  void check(long line, ExampleDigester.Digest digest, FindingCollector collector) {
    if (digest.hashes().promptless()) {
      return;
    }
    long same = exact.find(digest.hashes().prompt());
    if (same != 0) {
      report(line, "leakage-exact", "equals that of " + shown(same), collector);
      return;
    }
    long alike = normalised.find(digest.hashes().question());
    if (alike != 0) {
      report(
          line,
          "leakage-normalised",
          "differs at most in instructions, case or white space from that of " + shown(alike),
          collector);
      return;
    }
    for (long question : digest.hashes().earlierQuestions()) {
      long earlier = normalised.find(question);
      if (earlier != 0) {
        report(
            line,
            "leakage-normalised",
            "contains, in an earlier turn, that of " + shown(earlier),
            collector);
        return;
      }
    }
    long[] signature = digest.promptSignature();
    int number = signature == null ? 0 : near.find(signature);
    if (number != 0) {
      String where = names.size() == 1 ? shown(number) : "example " + number + " of a held-out set";
      report(
          line,
          "leakage-near",
          String.format(
              Locale.ROOT,
              "shares about %.0f%% of its word pairs with that of %s",
              100 * near.similarity(),
              where),
          collector);
    }
  }

  private String shown(long place) {
    return "example " + (int) place + " of " + names.get((int) (place >>> 32));
  }

  private static void report(long line, String rule, String what, FindingCollector collector) {
    collector.add(
        Severity.WARNING,
        rule,
        ExampleLocation.line(line),
        "The prompt " + what + ".",
        "Remove it here: results on examples seen in training prove nothing.");
  }
}
