package dev.finetune4j.grading.judge;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.inference.ChatModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lets a model say which of two answers is better. Models favour one place, so each pair is asked
 * twice, with the places swapped; only what is preferred both times is preferred, all else is a
 * tie. Immutable; thread-safe if the model is.
 *
 * <pre>{@code
 * PairwiseJudge judge = PairwiseJudge.of(model).instructed("Prefer the shorter recipe.");
 * judge.prefer("How do I cook rice?", tuned, base).choice(); // FIRST: the tuned one, both times
 * }</pre>
 */
public final class PairwiseJudge {
  private static final String FIRST = "A";
  private static final String SECOND = "B";
  private static final String TIE = "tie";

  private final ChatModel model;
  private final String instructions;
  private final JudgeTally tally;

  private PairwiseJudge(ChatModel model, String instructions, JudgeTally tally) {
    this.model = model;
    this.instructions = instructions;
    this.tally = tally;
  }

  /** Which answer is better. */
  public enum Choice {
    /** The first. */
    FIRST,
    /** The second. */
    SECOND,
    /** Neither, or one in one order and the other in the other. */
    TIE
  }

  /**
   * What came of asking twice.
   *
   * @param choice the better answer
   * @param consistent whether both orders gave the same; if not, the place decided, not the answer
   * @param reasons why, in the model's words, for each order
   */
  public record Preference(Choice choice, boolean consistent, List<String> reasons) {

    /** Copies the list. */
    public Preference {
      reasons = List.copyOf(reasons);
    }
  }

  /** Returns a judge that looks for the answer that is more right and more useful. */
  public static PairwiseJudge of(ChatModel model) {
    return new PairwiseJudge(
        model, "Prefer the answer that is more right and more useful.", new JudgeTally());
  }

  /** Returns this judge with other instructions on what is better. */
  public PairwiseJudge instructed(String text) {
    return new PairwiseJudge(model, text, tally);
  }

  /** Returns this judge with its verdicts, refusals and tokens counted in {@code counter}. */
  public PairwiseJudge counting(JudgeTally counter) {
    return new PairwiseJudge(model, instructions, counter);
  }

  /**
   * Returns which answer to {@code question} is better. Sends two requests, up to six if the
   * model's answers are not verdicts, and none if both answers are the same.
   *
   * @throws IllegalStateException if the model gave no verdict, or refused
   */
  public Preference prefer(String question, String first, String second) {
    if (first.equals(second)) {
      return new Preference(Choice.TIE, true, List.of("Both answers are the same."));
    }
    Judge.Verdict straight = verdict(question, first, second);
    Judge.Verdict swapped = verdict(question, second, first);
    Choice one = choice(straight, FIRST, SECOND);
    Choice other = choice(swapped, SECOND, FIRST);
    List<String> reasons =
        List.of(straight.reason().orElse(""), "swapped: " + swapped.reason().orElse(""));
    return new Preference(one == other ? one : Choice.TIE, one == other, reasons);
  }

  /**
   * Returns a grader that compares the answer with another one: 1 if the answer is better, 0.5 for
   * a tie, 0 if it is worse; it passes unless it is worse. Each grade costs two requests.
   *
   * <p>Its version holds the instructions, but neither the model nor {@code other}: if you change
   * one of them, change the version with {@link Grader#withVersion}.
   *
   * @param other gives the other answer to the same example, for example the one of the base model
   */
  public Grader against(Function<PromptExample, String> other) {
    Grader grader =
        (example, answer) -> {
          Preference preference = prefer(question(example), answer, other.apply(example));
          double score =
              preference.choice() == Choice.FIRST ? 1 : preference.choice() == Choice.TIE ? 0.5 : 0;
          String why =
              preference.choice()
                  + (preference.consistent() ? "" : ", the orders disagree")
                  + ": "
                  + String.join("; ", preference.reasons());
          return new Grade(score, score > 0, Optional.of(why));
        };
    return grader.named("pairwise judge").withVersion("pairwise judge: " + instructions);
  }

  /** Returns {@link #against} the expected answer of each example. */
  public Grader againstReference() {
    return against(example -> example.requireReference(PromptExample.ANSWER));
  }

  private Judge.Verdict verdict(String question, String inPlaceA, String inPlaceB) {
    Judge judge = Judge.choosing("preference", model, List.of(FIRST, SECOND, TIE)).counting(tally);
    String text =
        instructions
            + " The order of the answers means nothing.\n\n<question>\n"
            + question
            + "\n</question>\n\n<answer name=\"A\">\n"
            + inPlaceA
            + "\n</answer>\n\n<answer name=\"B\">\n"
            + inPlaceB
            + "\n</answer>\n\nWhich is better: A, B or tie?";
    return judge.verdict(List.of(Message.user(text)));
  }

  private static Choice choice(Judge.Verdict verdict, String first, String second) {
    if (verdict.result().equals(first)) {
      return Choice.FIRST;
    }
    return verdict.result().equals(second) ? Choice.SECOND : Choice.TIE;
  }

  private static String question(PromptExample example) {
    return example.prompt().stream().map(Message::text).collect(Collectors.joining("\n"));
  }
}
