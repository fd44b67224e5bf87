package dev.finetune4j.report;

import dev.finetune4j.decision.AlternativeSummary;
import dev.finetune4j.decision.Decision;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.internal.page.Block;
import dev.finetune4j.internal.page.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Answers side by side: where the tuned model is worse than the best baseline, where it is better,
 * where both are wrong, one where both are right, and where one of them has no grade.
 */
final class SamplesSection {
  private static final int MOST_CHARACTERS = 700;

  private static final int MOST_ROWS = 200;

  private final List<EvaluationReport> others;
  private final String grader;
  private final EvaluationReport tuned;
  private final EvaluationReport best;
  private final Map<Kind, List<Integer>> placesByKind = new EnumMap<>(Kind.class);

  private SamplesSection(
      Decision decision, EvaluationReport tuned, List<EvaluationReport> baselines) {
    this.tuned = tuned;
    grader = decision.comparison().grader();
    String bestName = decision.comparison().baseline();
    best =
        baselines.stream()
            .filter(report -> report.name().equals(bestName))
            .findFirst()
            .orElseThrow();
    Set<String> shown =
        BestFew.of(decision).stream().map(AlternativeSummary::name).collect(Collectors.toSet());
    others =
        baselines.stream()
            .filter(report -> !report.name().equals(bestName) && shown.contains(report.name()))
            .toList();
  }

  /** Which of the two is better on a sample, in display order. */
  private enum Kind {
    LOST("Worse than the baseline", 4),
    WON("Better than the baseline", 4),
    BOTH_WRONG("Both wrong", 3),
    BOTH_RIGHT("Both right", 1),
    NOT_COMPARED("Not compared", 2);

    final String words;
    final int shown;

    Kind(String words, int shown) {
      this.words = words;
      this.shown = shown;
    }
  }

  static Page.Section of(
      Decision decision, EvaluationReport tuned, List<EvaluationReport> baselines) {
    return new SamplesSection(decision, tuned, baselines).section();
  }

  private Page.Section section() {
    List<Block.Case> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      places(kind).stream().limit(kind.shown).forEach(at -> cases.add(oneCase(kind, at)));
    }
    String intro =
        String.format(
            "Graded by \"%s\" and compared with the best baseline, %s: %s better, %s worse, %s both"
                + " wrong, %s both right%s.",
            grader,
            best.name(),
            places(Kind.WON).size(),
            places(Kind.LOST).size(),
            places(Kind.BOTH_WRONG).size(),
            places(Kind.BOTH_RIGHT).size(),
            places(Kind.NOT_COMPARED).isEmpty()
                ? ""
                : ", " + places(Kind.NOT_COMPARED).size() + " not compared");
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(intro));
    blocks.add(new Block.Cases(cases));
    disagreements().ifPresent(blocks::add);
    return new Page.Section("Answers side by side", blocks);
  }

  /** Returns a row for each sample on which the two differ, the largest differences first. */
  private Optional<Block> disagreements() {
    List<Integer> places = new ArrayList<>(places(Kind.LOST));
    int lost = places.size();
    places.addAll(places(Kind.WON));
    if (places.isEmpty()) {
      return Optional.empty();
    }
    List<String> columns = new ArrayList<>(List.of("#Sample", "Prompt", "#" + tuned.name()));
    columns.add("#" + best.name());
    others.forEach(other -> columns.add("#" + other.name()));
    // Losses and wins share the rows, so that the many wins of a good model do not hide its losses.
    List<List<String>> rows =
        IntStream.range(0, places.size())
            .filter(i -> i < lost ? i < MOST_ROWS / 2 : i - lost < MOST_ROWS / 2)
            .mapToObj(i -> row(places.get(i)))
            .toList();
    String shown = rows.size() < places.size() ? ", the " + rows.size() + " largest" : "";
    return Optional.of(
        new Block.Details(
            "Differences: " + Numbers.count(places.size(), "sample") + shown,
            List.of(new Block.Table(columns, rows))));
  }

  private List<String> row(int at) {
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(tuned.samples().get(at).index() + 1));
    cells.add(beginning(tuned.samples().get(at).prompt()));
    cells.add(score(tuned, at));
    cells.add(score(best, at));
    others.forEach(other -> cells.add(score(other, at)));
    return cells;
  }

  private Optional<Grade> findGrade(EvaluationReport report, int at) {
    return Optional.ofNullable(report.samples().get(at).grades().get(grader));
  }

  private String score(EvaluationReport report, int at) {
    return findGrade(report, at).map(grade -> Numbers.percent(grade.score())).orElse("no grade");
  }

  /** Returns the positions of the samples of a kind, the most informative first. */
  private List<Integer> places(Kind kind) {
    return placesByKind.computeIfAbsent(kind, this::sorted);
  }

  private List<Integer> sorted(Kind kind) {
    Map<Integer, Double> weights = new LinkedHashMap<>();
    for (int at = 0; at < tuned.samples().size(); at++) {
      if (kind(at) == kind) {
        // Sort by the difference, then by how far apart all alternatives are.
        weights.put(at, -1_000 * Math.abs(difference(at)) - spread(at));
      }
    }
    List<Integer> places = new ArrayList<>(weights.keySet());
    places.sort(Comparator.comparing(weights::get));
    return places;
  }

  private Kind kind(int at) {
    if (findGrade(tuned, at).isEmpty() || findGrade(best, at).isEmpty()) {
      return Kind.NOT_COMPARED;
    }
    double difference = difference(at);
    if (difference != 0) {
      return difference < 0 ? Kind.LOST : Kind.WON;
    }
    return tuned.samples().get(at).passed(grader) ? Kind.BOTH_RIGHT : Kind.BOTH_WRONG;
  }

  private double difference(int at) {
    return tuned.samples().get(at).score(grader) - best.samples().get(at).score(grader);
  }

  /** Returns the range of the scores of all alternatives. */
  private double spread(int at) {
    DoubleSummaryStatistics scores =
        Stream.concat(Stream.of(tuned, best), others.stream())
            .flatMap(report -> findGrade(report, at).stream())
            .mapToDouble(Grade::score)
            .summaryStatistics();
    return scores.getCount() == 0 ? 0 : scores.getMax() - scores.getMin();
  }

  private Block.Case oneCase(Kind kind, int at) {
    SampleResult sample = tuned.samples().get(at);
    List<Block.LabelledText> texts = new ArrayList<>();
    texts.add(new Block.LabelledText("Prompt", Block.Tone.PLAIN, "", cut(sample.prompt())));
    texts.add(new Block.LabelledText("Expected", Block.Tone.PLAIN, "", cut(sample.reference())));
    texts.add(answer(tuned.name(), sample));
    texts.add(answer(best.name(), best.samples().get(at)));
    for (EvaluationReport other : others) {
      texts.add(answer(other.name(), other.samples().get(at)));
    }
    return new Block.Case(kind.words + ": sample " + (sample.index() + 1), texts);
  }

  private Block.LabelledText answer(String name, SampleResult sample) {
    Optional<Grade> grade = Optional.ofNullable(sample.grades().get(grader));
    if (grade.isEmpty()) {
      String mark = sample.wasAsked() ? "failed" : "not asked";
      String reason = "[" + sample.failure().orElse("no grade") + "]";
      return new Block.LabelledText(name, Block.Tone.BAD, mark, cut(reason));
    }
    boolean passed = grade.get().passed();
    double score = grade.get().score();
    String mark = passed ? "✓ passed" : "✗ not passed";
    boolean partly = score > 0 && score < 1;
    List<Block.Piece> pieces = new ArrayList<>();
    String text = sample.answer().orElse("");
    if (passed || text.isEmpty()) {
      pieces.add(new Block.Piece(cut(text), Block.Change.SAME));
    } else {
      // Only what is shown of both is compared, so that the mark of a cut is not torn into words.
      pieces.addAll(WordDiff.of(start(sample.reference()), start(text)));
      pieces.add(new Block.Piece(rest(text), Block.Change.SAME));
    }
    grade
        .get()
        .reason()
        .ifPresent(
            reason -> pieces.add(new Block.Piece("\n[" + cut(reason) + "]", Block.Change.SAME)));
    return new Block.LabelledText(
        name,
        passed ? Block.Tone.GOOD : Block.Tone.BAD,
        partly ? mark + ", " + Numbers.percent(score) : mark,
        pieces);
  }

  private static String beginning(String text) {
    // Prompts often start with the same instructions, so show the end.
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 90 ? line : "…" + line.substring(line.length() - 90);
  }

  private static String cut(String text) {
    return text.isEmpty() ? "[empty]" : start(text) + rest(text);
  }

  private static String start(String text) {
    return text.substring(0, end(text));
  }

  private static String rest(String text) {
    int more = text.length() - end(text);
    return more == 0 ? "" : "… [" + more + " more characters]";
  }

  private static int end(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text.length();
    }
    // A surrogate pair must not be cut in two.
    return Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1))
        ? MOST_CHARACTERS - 1
        : MOST_CHARACTERS;
  }
}
