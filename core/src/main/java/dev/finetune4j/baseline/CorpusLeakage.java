package dev.finetune4j.baseline;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds questions of a test set in the passages retrieved for them. A passage should contain the
 * answer; if it also contains the question, the corpus includes the test set. Stateless.
 */
final class CorpusLeakage {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final int NEIGHBOURS = 3;
  private static final int FEWEST_WORDS = 5;
  private static final double SHARE = 0.8;

  private CorpusLeakage() {}

  static ValidationReport of(Retriever retriever, int count, Dataset<PromptExample> test) {
    List<Finding> findings = new ArrayList<>();
    long line = 0;
    try (Stream<PromptExample> stream = test.examples()) {
      Iterator<PromptExample> examples = stream.iterator();
      while (examples.hasNext()) {
        line++;
        String question = Questions.text(examples.next().prompt());
        Set<List<String>> asked = neighbours(question);
        if (asked.size() > FEWEST_WORDS - NEIGHBOURS) {
          for (Passage passage : retriever.nearest(question, count)) {
            double share = share(asked, neighbours(passage.text()));
            if (share >= SHARE) {
              findings.add(finding(line, passage, share));
            }
          }
        }
      }
    }
    return new ValidationReport(test.name(), line, findings);
  }

  private static Finding finding(long line, Passage passage, double share) {
    return new Finding(
        "leakage-corpus",
        Severity.WARNING,
        ExampleLocation.line(line),
        String.format(
            Locale.ROOT,
            "The passage \"%s\", which would be shown for this question, contains %.0f%% of its word"
                + " triples.",
            passage.id(),
            100 * share),
        "Remove the passage from the corpus or the example from the test set: results on it prove"
            + " nothing.");
  }

  private static double share(Set<List<String>> asked, Set<List<String>> shown) {
    return (double) asked.stream().filter(shown::contains).count() / asked.size();
  }

  private static Set<List<String>> neighbours(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    Set<List<String>> neighbours = new HashSet<>();
    for (int start = 0; start + NEIGHBOURS <= words.size(); start++) {
      neighbours.add(words.subList(start, start + NEIGHBOURS));
    }
    return neighbours;
  }
}
