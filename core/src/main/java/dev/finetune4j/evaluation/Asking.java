package dev.finetune4j.evaluation;

import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.RateStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * The way of one question: the cache, the intent on disk, the model, the graders, the sample on
 * disk. Thread-safe but for {@link #spending()}.
 */
final class Asking {
  private final Sampling sampling;
  private final SampleKeeper keeper;
  private final Spending spending;
  private final KeptAnswers kept;

  Asking(Sampling sampling, SampleKeeper keeper, Spending spending, KeptAnswers kept) {
    this.sampling = sampling;
    this.keeper = keeper;
    this.spending = spending;
    this.kept = kept;
  }

  Spending spending() {
    return spending;
  }

  /** Returns whether the answer is there, so that no model is asked. */
  boolean isKept(Question question) {
    return kept.find(question).isPresent();
  }

  /** Asks one question on the calling thread. */
  Attempt ask(Question question) {
    Optional<AnswerCache.KeptAnswer> known = kept.find(question);
    Attempt attempt;
    if (known.isPresent()) {
      AnswerCache.KeptAnswer answer = known.get();
      attempt =
          Attempt.done(
              sampling.graded(question, answer.response(), answer.latency()), RateStatus.UNKNOWN);
    } else {
      keeper.asking(question.key());
      attempt =
          sampling.ask(question, (response, latency) -> kept.keep(question, response, latency));
    }
    SampleResult sample = attempt.sample();
    if (sample != null) {
      keeper.finished(sample);
    }
    return attempt;
  }

  /** Makes and keeps the sample of an answer that came in another way. */
  SampleResult answered(Question question, ChatResponse response) {
    kept.keep(question, response, Duration.ZERO);
    SampleResult sample = sampling.graded(question, response, Duration.ZERO);
    keeper.finished(sample);
    return sample;
  }

  /** Makes and keeps the sample of a question that gets no answer. */
  SampleResult givenUp(Question question, String reason) {
    SampleResult sample = Sampling.failed(question, Duration.ZERO, reason);
    keeper.finished(sample);
    return sample;
  }
}
