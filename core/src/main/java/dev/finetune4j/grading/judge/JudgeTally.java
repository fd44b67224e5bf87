package dev.finetune4j.grading.judge;

import dev.finetune4j.inference.TokenUsage;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts the verdicts, unusable answers, refusals and tokens of judges. Pass it to {@link
 * Judge#counting}, {@link PairwiseJudge#counting} or {@code LocalGraders} and read it after the
 * evaluation to notice a judge that often refuses. Thread-safe.
 */
public final class JudgeTally {
  private final AtomicReference<Counts> counts =
      new AtomicReference<>(new Counts(0, 0, 0, 0, TokenUsage.NONE));

  /** Creates a tally of nothing. */
  public JudgeTally() {}

  /**
   * What judges did so far.
   *
   * @param requests how often a model was asked
   * @param verdicts how many answers were verdicts
   * @param unusable how many answers were neither verdict nor refusal; they were asked for again
   * @param refusals how often a judge declined to judge; those samples have no grade
   * @param usage the tokens of all requests, as the servers reported them
   */
  public record Counts(
      long requests, long verdicts, long unusable, long refusals, TokenUsage usage) {}

  /** What an answer of a judge was. */
  enum Kind {
    VERDICT,
    UNUSABLE,
    REFUSAL
  }

  /** Returns what was counted so far. */
  public Counts counts() {
    return Objects.requireNonNull(counts.get());
  }

  void add(Kind kind, TokenUsage usage) {
    counts.updateAndGet(
        before ->
            new Counts(
                before.requests + 1,
                before.verdicts + (kind == Kind.VERDICT ? 1 : 0),
                before.unusable + (kind == Kind.UNUSABLE ? 1 : 0),
                before.refusals + (kind == Kind.REFUSAL ? 1 : 0),
                before.usage.plus(usage)));
  }

  @Override
  public String toString() {
    return "JudgeTally(" + counts() + ")";
  }
}
