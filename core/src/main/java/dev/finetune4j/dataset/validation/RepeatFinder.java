package dev.finetune4j.dataset.validation;

import java.util.Locale;

/** Finds examples that repeat or contradict an earlier one. Not thread-safe. */
final class RepeatFinder {
  private final FindingCollector collector;
  private final HashTable contents;
  private final HashTable prompts;
  private final NearIndex near;
  private long beyond;
  private long nearBeyond;

  RepeatFinder(long remembered, FindingCollector collector) {
    this.collector = collector;
    contents = new HashTable(remembered);
    prompts = new HashTable(remembered);
    near = new NearIndex(remembered / 2);
  }

  void accept(long line, ExampleDigester.Digest digest) {
    ExampleDigester.Hashes hashes = digest.hashes();
    long known = contents.find(hashes.normalised());
    if (known != 0) {
      repeat(line, line(known), half(known) == (int) hashes.content());
      if (half(known) != (int) hashes.content()) {
        conflict(line, hashes);
      }
      return;
    }
    if (contents.isFull()) {
      beyond++;
    }
    contents.put(hashes.normalised(), packed(line, hashes.content()));
    conflict(line, hashes);
    near(line, digest);
  }

  private void repeat(long line, long earlier, boolean exact) {
    if (exact) {
      collector.add(
          Severity.WARNING,
          "exact-duplicate",
          ExampleLocation.line(line),
          "The example equals line " + earlier + ".",
          "Remove one of them, unless it should count twice.");
    } else {
      collector.add(
          Severity.WARNING,
          "near-duplicate",
          ExampleLocation.line(line),
          "The example differs from line " + earlier + " only in case or white space.",
          "Remove one of them.");
    }
  }

  private void near(long line, ExampleDigester.Digest digest) {
    long[] signature = digest.signature();
    if (signature == null) {
      return;
    }
    int earlier = near.find(signature);
    if (earlier != 0) {
      collector.add(
          Severity.WARNING,
          "near-duplicate",
          ExampleLocation.line(line),
          String.format(
              Locale.ROOT,
              "The example shares about %.0f%% of its word pairs with line %d.",
              100 * near.similarity(),
              earlier),
          "Keep the better one, unless the model should learn the difference.");
      return;
    }
    if (near.isFull()) {
      nearBeyond++;
    }
    near.add(signature, (int) Math.min(line, Integer.MAX_VALUE));
  }

  private void conflict(long line, ExampleDigester.Hashes hashes) {
    if (hashes.promptless()) {
      return;
    }
    if (hashes.reversed() != 0) {
      // Several pairs for one prompt are common; only the same pair swapped contradicts it.
      long opposite = prompts.find(hashes.reversed());
      if (opposite != 0) {
        report(line, line(opposite), "prefers what this one rejects");
      } else {
        prompts.put(hashes.content(), packed(line, hashes.answer()));
      }
      return;
    }
    long known = prompts.find(hashes.prompt());
    if (known == 0) {
      prompts.put(hashes.prompt(), packed(line, hashes.answer()));
    } else if (half(known) != (int) hashes.answer()) {
      report(line, line(known), "has the same prompt and a different answer");
    }
  }

  private void report(long line, long earlier, String what) {
    collector.add(
        Severity.WARNING,
        "conflicting-answers",
        ExampleLocation.line(line),
        "The example on line " + earlier + " " + what + ".",
        "Keep the correct one, or state the difference in the prompt.");
  }

  /** Reports what was not compared because the limit was reached. */
  void finish() {
    if (beyond > 0 || nearBeyond > 0) {
      collector.add(
          Severity.NOTE,
          "comparison-bounded",
          ExampleLocation.wholeSet(),
          String.format(
              Locale.ROOT,
              "%,d examples were compared with earlier ones but not remembered for later ones;"
                  + " %,d were not remembered for near duplicates.",
              beyond,
              nearBeyond),
          "Increase rememberedExamples, and the memory, to compare all examples.");
    }
  }

  private static long packed(long line, long hash) {
    return line << 32 | (hash & 0xFFFFFFFFL);
  }

  private static long line(long packed) {
    return packed >>> 32;
  }

  private static int half(long packed) {
    return (int) packed;
  }
}
