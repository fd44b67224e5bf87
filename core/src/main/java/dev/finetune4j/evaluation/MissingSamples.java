package dev.finetune4j.evaluation;

import dev.finetune4j.grading.Grade;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The samples of one alternative that a grader gave no grade, by reason: the model did not answer,
 * was not asked, or the grader failed. Immutable and thread-safe.
 *
 * @param alternative the name of the alternative
 * @param samples the number of all samples
 * @param byReason the number of missing samples by reason, the most frequent first
 */
public record MissingSamples(String alternative, long samples, Map<String, Long> byReason) {
  private static final int SHOWN = 3;

  /** Copies the map, keeping its order. */
  public MissingSamples {
    byReason = Collections.unmodifiableMap(new LinkedHashMap<>(byReason));
  }

  static MissingSamples of(String alternative, String grader, List<SampleResult> samples) {
    Map<String, Long> counts =
        samples.stream()
            .filter(sample -> !sample.grades().containsKey(grader))
            .collect(
                Collectors.groupingBy(
                    sample -> sample.failure().orElse("There is no grade."),
                    LinkedHashMap::new,
                    Collectors.counting()));
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return new MissingSamples(alternative, samples.size(), sorted);
  }

  /** Returns the number of samples without a grade. */
  public long count() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the share of samples without a grade, from 0 to 1; 1 if there are no samples. */
  public double share() {
    return samples == 0 ? 1 : (double) count() / samples;
  }

  /** Returns the most frequent reasons with their counts, for a sentence. */
  public String reasons() {
    String shown =
        byReason.entrySet().stream()
            .limit(SHOWN)
            .map(entry -> entry.getValue() + " x " + Grade.excerpt(entry.getKey()))
            .collect(Collectors.joining("; "));
    int more = byReason.size() - SHOWN;
    return more > 0 ? shown + "; and " + more + " other reasons" : shown;
  }
}
