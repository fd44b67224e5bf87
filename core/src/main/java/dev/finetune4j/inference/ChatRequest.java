package dev.finetune4j.inference;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A question to a model. The provider chooses what is not set. Immutable and thread-safe; the
 * builder is not.
 */
public final class ChatRequest {
  private final List<Message> messages;
  private final List<ToolDefinition> tools;
  private final List<String> stop;
  private final OptionalDouble temperature;
  private final OptionalDouble topP;
  private final OptionalInt maximumTokens;
  private final OptionalLong seed;
  private final Optional<String> answerSchemaJson;
  private final Map<String, Object> providerOptions;

  private ChatRequest(Builder builder) {
    messages = List.copyOf(builder.messages);
    tools = List.copyOf(builder.tools);
    stop = List.copyOf(builder.stop);
    temperature = builder.temperature;
    topP = builder.topP;
    maximumTokens = builder.maximumTokens;
    seed = builder.seed;
    answerSchemaJson = builder.answerSchemaJson;
    providerOptions = Collections.unmodifiableMap(new LinkedHashMap<>(builder.providerOptions));
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages must not be empty");
    }
  }

  /** Returns a question of these messages with nothing else set. */
  public static ChatRequest of(List<Message> messages) {
    return builder(messages).build();
  }

  /** Returns a question of one user's message. */
  public static ChatRequest of(String question) {
    return of(List.of(Message.user(question)));
  }

  /** Starts a question of these messages. */
  public static Builder builder(List<Message> messages) {
    return new Builder(messages);
  }

  /** Starts a question from this one. */
  public Builder toBuilder() {
    Builder builder = new Builder(messages);
    builder.tools = tools;
    builder.stop = stop;
    builder.temperature = temperature;
    builder.topP = topP;
    builder.maximumTokens = maximumTokens;
    builder.seed = seed;
    builder.answerSchemaJson = answerSchemaJson;
    builder.providerOptions.putAll(providerOptions);
    return builder;
  }

  /** Returns the conversation so far, oldest first; never empty. */
  public List<Message> messages() {
    return messages;
  }

  /** Returns the tools that the model may call. */
  public List<ToolDefinition> tools() {
    return tools;
  }

  /** Returns the texts at which the answer ends; they are not part of it. */
  public List<String> stop() {
    return stop;
  }

  /** Returns the sampling temperature; 0 takes the likeliest token each time. */
  public OptionalDouble temperature() {
    return temperature;
  }

  /** Returns the share of probability that sampling keeps, above 0 to 1. */
  public OptionalDouble topP() {
    return topP;
  }

  /** Returns the most tokens that the answer may have. */
  public OptionalInt maximumTokens() {
    return maximumTokens;
  }

  /** Returns the sampling seed, which not every provider honours. */
  public OptionalLong seed() {
    return seed;
  }

  /** Returns the JSON Schema that the answer must fit, where the provider can force that. */
  public Optional<String> answerSchemaJson() {
    return answerSchemaJson;
  }

  /**
   * Returns options of a single provider, merged last into the body of the request. Unmodifiable.
   */
  public Map<String, Object> providerOptions() {
    return providerOptions;
  }

  /** Collects the parts of a question. Not thread-safe. */
  public static final class Builder {
    private final List<Message> messages;
    private List<ToolDefinition> tools = List.of();
    private List<String> stop = List.of();
    private OptionalDouble temperature = OptionalDouble.empty();
    private OptionalDouble topP = OptionalDouble.empty();
    private OptionalInt maximumTokens = OptionalInt.empty();
    private OptionalLong seed = OptionalLong.empty();
    private Optional<String> answerSchemaJson = Optional.empty();
    private final Map<String, Object> providerOptions = new LinkedHashMap<>();

    private Builder(List<Message> messages) {
      this.messages = new ArrayList<>(messages);
    }

    /** Replaces the messages. */
    public Builder messages(List<Message> conversation) {
      messages.clear();
      messages.addAll(conversation);
      return this;
    }

    /** Sets the tools that the model may call. */
    public Builder tools(List<ToolDefinition> definitions) {
      tools = List.copyOf(definitions);
      return this;
    }

    /** Sets the texts at which the answer ends. */
    public Builder stop(List<String> texts) {
      stop = List.copyOf(texts);
      return this;
    }

    /** Sets the sampling temperature, at least 0. */
    public Builder temperature(double value) {
      temperature = OptionalDouble.of(value);
      return this;
    }

    /** Sets the share of probability that sampling keeps. */
    public Builder topP(double value) {
      topP = OptionalDouble.of(value);
      return this;
    }

    /** Sets the most tokens that the answer may have, at least 1. */
    public Builder maximumTokens(int value) {
      maximumTokens = OptionalInt.of(value);
      return this;
    }

    /** Sets the seed of the sampling. */
    public Builder seed(long value) {
      seed = OptionalLong.of(value);
      return this;
    }

    /** Sets the JSON Schema that the answer must fit. */
    public Builder answerSchemaJson(String schema) {
      answerSchemaJson = Optional.of(schema);
      return this;
    }

    /**
     * Adds an option that only one provider understands; the value is a JSON tree of maps, lists,
     * strings, numbers, booleans.
     */
    public Builder providerOption(String name, Object value) {
      providerOptions.put(name, value);
      return this;
    }

    /** Returns the question. */
    public ChatRequest build() {
      return new ChatRequest(this);
    }
  }
}
