package dev.finetune4j.providerkit.chat;

import dev.finetune4j.Time;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.StreamingChatModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A tuned model that may not be loaded yet: just after a job has succeeded, services answer 404 or
 * 503 for a while. Until the first answer, such a refusal is followed by another question every 5
 * s, for 2 minutes if nothing else is said; after it, every failure is thrown at once. Thread-safe.
 */
public final class WarmUpRetryModel implements StreamingChatModel {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final StreamingChatModel model;
  private final Time time;
  private final Duration patience;
  private final AtomicBoolean loaded = new AtomicBoolean();

  private WarmUpRetryModel(StreamingChatModel model, Time time, Duration patience) {
    this.model = Objects.requireNonNull(model, "model");
    this.time = Objects.requireNonNull(time, "time");
    this.patience = patience;
  }

  /** Returns the model with 2 minutes of patience for its first answer. */
  public static WarmUpRetryModel of(StreamingChatModel model, Time time) {
    return new WarmUpRetryModel(model, time, PATIENCE);
  }

  /** Returns this model with another patience, counted from each first question. */
  public WarmUpRetryModel waitingFor(Duration longest) {
    return new WarmUpRetryModel(model, time, longest);
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    return ask(() -> model.chat(request));
  }

  @Override
  public ChatResponse chat(ChatRequest request, Consumer<String> onText) {
    return ask(
        () ->
            model.chat(
                request,
                text -> {
                  loaded.set(true);
                  onText.accept(text);
                }));
  }

  private ChatResponse ask(Supplier<ChatResponse> question) {
    Instant giveUp = time.now().plus(patience);
    while (true) {
      try {
        ChatResponse answer = question.get();
        loaded.set(true);
        return answer;
      } catch (NotFoundException | ProviderUnavailableException notYet) {
        boolean late = !time.now().plus(PAUSE).isBefore(giveUp);
        if (loaded.get() || late || Thread.currentThread().isInterrupted()) {
          throw notYet;
        }
        sleep(notYet);
      }
    }
  }

  private void sleep(ProviderException notYet) {
    try {
      time.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notYet;
    }
  }

  @Override
  public String toString() {
    return "FreshModel(" + model + ")";
  }
}
