package dev.finetune4j.evaluation;

import dev.finetune4j.statistics.GroupedValues;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The pairs of a comparison and their groups.
 *
 * @param candidate the name of the candidate
 * @param baseline the name of the baseline
 * @param grader the grader whose scores are compared
 * @param pairs one for each sample that has a grade on both sides
 * @param passOrFail whether all scores are 0 or 1
 * @param groupedBy what pairs are grouped by, for display
 * @param groups the group of each pair
 * @param missing the samples without a grade: of the candidate, then of the baseline
 */
record Pairing(
    String candidate,
    String baseline,
    String grader,
    List<SamplePair> pairs,
    boolean passOrFail,
    String groupedBy,
    List<?> groups,
    List<MissingSamples> missing) {

  static Pairing of(EvaluationReport candidate, EvaluationReport baseline, String grader) {
    candidate.requireGrader(grader);
    baseline.requireGrader(grader);
    if (!candidate.fingerprint().equals(baseline.fingerprint())
        || !places(candidate).equals(places(baseline))) {
      throw new IllegalArgumentException(
          String.format(
              "\"%s\" and \"%s\" were not measured on the same samples (%s, %d; %s, %d):"
                  + " evaluate both on one data set.",
              candidate.name(),
              baseline.name(),
              candidate.fingerprint().shortForm(),
              candidate.samples().size(),
              baseline.fingerprint().shortForm(),
              baseline.samples().size()));
    }
    List<SampleResult> ours = candidate.samples();
    List<SampleResult> theirs = baseline.samples();
    List<SamplePair> pairs =
        IntStream.range(0, ours.size())
            .mapToObj(i -> new SamplePair(grader, ours.get(i), theirs.get(i)))
            .filter(SamplePair::isGraded)
            .toList();
    return new Pairing(
        candidate.name(),
        baseline.name(),
        grader,
        pairs,
        Score.isPassOrFail(grader, ours) && Score.isPassOrFail(grader, theirs),
        "example",
        pairs.stream().map(SamplePair::index).toList(),
        List.of(candidate.missing(grader), baseline.missing(grader)));
  }

  Pairing groupedByTag(String tag) {
    List<String> values = pairs.stream().map(pair -> pair.candidate().requireTag(tag)).toList();
    return new Pairing(candidate, baseline, grader, pairs, passOrFail, tag, values, missing);
  }

  /** Returns only the pairs at these positions. */
  Pairing at(List<Integer> places) {
    return new Pairing(
        candidate,
        baseline,
        grader,
        places.stream().map(pairs::get).toList(),
        passOrFail,
        groupedBy,
        places.stream().map(groups::get).toList(),
        missing);
  }

  GroupedValues differences() {
    return GroupedValues.of(pairs.stream().mapToDouble(SamplePair::difference).toArray(), groups);
  }

  List<SampleResult> candidates() {
    return pairs.stream().map(SamplePair::candidate).toList();
  }

  /** Returns the score of one side, in the same groups as the differences. */
  Score score(Function<SamplePair, SampleResult> side) {
    return Score.of(grader, pairs.stream().map(side).toList(), groups);
  }

  long examples() {
    return pairs.stream().map(SamplePair::index).distinct().count();
  }

  private static List<SampleKey> places(EvaluationReport report) {
    return report.samples().stream().map(SampleResult::key).toList();
  }
}
