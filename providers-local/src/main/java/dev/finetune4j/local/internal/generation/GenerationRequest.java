package dev.finetune4j.local.internal.generation;

import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to continue, and how. Immutable. By default: the base without an adapter, the
 * likeliest token each time, at most 256 tokens.
 */
public final class GenerationRequest {
  private final Builder values;

  private GenerationRequest(Builder values) {
    this.values = values;
  }

  /** Returns a builder of a request to continue this conversation as the assistant. */
  public static Builder builder(List<ChatMessage> messages) {
    return new Builder(messages);
  }

  /** The conversation. */
  public List<ChatMessage> messages() {
    return values.messages;
  }

  /** The adapter's name, or null for the base. */
  public @Nullable String adapter() {
    return values.adapter;
  }

  /** 0 selects the likeliest token, 1 keeps the model's probabilities, more flattens them. */
  public double temperature() {
    return values.temperature;
  }

  /** Tokens are drawn only from the likeliest ones that together reach this probability. */
  public double topP() {
    return values.topP;
  }

  /** The most tokens in the answer. */
  public int maximumTokens() {
    return values.maximumTokens;
  }

  /** Texts before which the answer ends. */
  public List<String> stop() {
    return values.stop;
  }

  /** The seed of random draws. */
  public long seed() {
    return values.seed;
  }

  /** Collects settings; not thread-safe. */
  public static final class Builder {
    private final List<ChatMessage> messages;
    private @Nullable String adapter;
    private double temperature;
    private double topP = 1;
    private int maximumTokens = 256;
    private List<String> stop = List.of();
    private long seed;

    private Builder(List<ChatMessage> messages) {
      this.messages = List.copyOf(messages);
    }

    /** Sets the adapter; null for the base without one. */
    public Builder adapter(@Nullable String name) {
      adapter = name;
      return this;
    }

    /** Sets the temperature, at least 0. */
    public Builder temperature(double value) {
      if (!(value >= 0)) {
        throw new IllegalArgumentException("temperature must be at least 0, not " + value);
      }
      temperature = value;
      return this;
    }

    /** Sets the share of probability drawn from, above 0 and at most 1. */
    public Builder topP(double value) {
      if (!(value > 0 && value <= 1)) {
        throw new IllegalArgumentException("top_p must be above 0 and at most 1, not " + value);
      }
      topP = value;
      return this;
    }

    /** Sets the most tokens in the answer, at least 1. */
    public Builder maximumTokens(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("maximum tokens must be at least 1, not " + value);
      }
      maximumTokens = value;
      return this;
    }

    /** Sets the texts before which the answer ends; empty texts are ignored. */
    public Builder stop(List<String> texts) {
      stop = texts.stream().filter(text -> !text.isEmpty()).toList();
      return this;
    }

    /** Sets the seed of random draws; 0 if not set. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Builds the request; the builder must not be used afterwards. */
    public GenerationRequest build() {
      return new GenerationRequest(this);
    }
  }
}
