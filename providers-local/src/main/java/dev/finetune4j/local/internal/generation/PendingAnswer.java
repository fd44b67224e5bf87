package dev.finetune4j.local.internal.generation;

import dev.finetune4j.local.internal.generation.GenerationResult.Finish;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request on its way, between the caller's thread and the computing thread. */
final class PendingAnswer {
  /** What the computing thread tells the caller: text, then one end. */
  private record News(
      String text, @Nullable GenerationResult result, @Nullable RuntimeException failure) {}

  private final GenerationRequest request;
  private final int[] prompt;
  private final int maximumTokens;
  private final boolean streamed;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private volatile boolean abandoned;

  PendingAnswer(GenerationRequest request, int[] prompt, int maximumTokens, boolean streamed) {
    this.request = request;
    this.prompt = prompt;
    this.maximumTokens = maximumTokens;
    this.streamed = streamed;
  }

  GenerationRequest request() {
    return request;
  }

  int[] prompt() {
    return prompt;
  }

  int maximumTokens() {
    return maximumTokens;
  }

  boolean isStreamed() {
    return streamed;
  }

  boolean isForSameModelAs(@Nullable String adapter) {
    return Objects.equals(request.adapter(), adapter);
  }

  boolean isAbandoned() {
    return abandoned;
  }

  void show(String text) {
    if (!text.isEmpty()) {
      news.add(new News(text, null, null));
    }
  }

  void finish(AnswerText answer, Finish finish) {
    String rest = answer.rest();
    news.add(
        new News(
            rest,
            new GenerationResult(answer.whole(), prompt.length, answer.count(), finish),
            null));
  }

  void fail(RuntimeException failure) {
    news.add(new News("", null, failure));
  }

  /**
   * Passes text on until the end; if the caller's code throws or is interrupted, the answer is
   * given up.
   */
  GenerationResult follow(Consumer<String> onText) throws InterruptedException {
    boolean ended = false;
    try {
      while (true) {
        News next = news.take();
        if (next.failure() != null) {
          ended = true;
          throw new IllegalStateException(next.failure().getMessage(), next.failure());
        }
        if (!next.text().isEmpty()) {
          onText.accept(next.text());
        }
        if (next.result() != null) {
          ended = true;
          return next.result();
        }
      }
    } finally {
      abandoned = !ended;
    }
  }
}
