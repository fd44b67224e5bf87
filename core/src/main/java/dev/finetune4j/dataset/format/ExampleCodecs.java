package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import java.util.Map;

/**
 * The common formats of training data. All codecs are immutable and thread-safe.
 *
 * <p>For example, {@code JsonlFile.read(path, ExampleCodecs.openAiChat())} is a data set of
 * conversations.
 */
public final class ExampleCodecs {
  private static final ExampleCodec<ChatExample> OPENAI_CHAT = new OpenAiCodecs.Chat();
  private static final ExampleCodec<PreferenceExample> OPENAI_PREFERENCE =
      new OpenAiCodecs.Preference();
  private static final ExampleCodec<PromptExample> OPENAI_REINFORCEMENT =
      new OpenAiCodecs.Reinforcement();

  private ExampleCodecs() {}

  /**
   * Returns the chat format of OpenAI and Azure, which Hugging Face's conversational data shares:
   * {@code messages} and {@code tools}. An assistant message with {@code weight} 0 is read as not
   * trained; {@code functions}, {@code function_call} and the role {@code function} are read as
   * tools.
   */
  public static ExampleCodec<ChatExample> openAiChat() {
    return OPENAI_CHAT;
  }

  /**
   * Returns OpenAI's preference format: {@code input}, {@code preferred_output} and {@code
   * non_preferred_output}, which may also have their old names ending in {@code _completion}.
   */
  public static ExampleCodec<PreferenceExample> openAiPreference() {
    return OPENAI_PREFERENCE;
  }

  /**
   * Returns OpenAI's reinforcement format: {@code messages}, {@code tools}, and everything else as
   * references for graders.
   */
  public static ExampleCodec<PromptExample> openAiReinforcement() {
    return OPENAI_REINFORCEMENT;
  }

  /**
   * Returns Hugging Face's preference format: {@code chosen} and {@code rejected} answers, each a
   * text or a list of messages, to a {@code prompt}. Without a prompt, both answers are whole
   * conversations that are equal up to their last message.
   */
  public static ExampleCodec<PreferenceExample> chosenRejected() {
    return new ChosenRejectedCodec();
  }

  /** Returns the legacy format of {@code prompt} and {@code completion}, both plain text. */
  public static ExampleCodec<ChatExample> promptCompletion() {
    return new PromptCompletionCodec();
  }

  /**
   * Returns the Alpaca format: {@code instruction}, {@code input} and {@code output}. Instruction
   * and input are read as one user message, separated by an empty line.
   */
  public static ExampleCodec<ChatExample> alpaca() {
    return new AlpacaCodecs.Chat(AlpacaCodecs.BETWEEN);
  }

  /**
   * Returns the ShareGPT format: {@code conversations} of {@code from} and {@code value}, with
   * {@code function_call} and {@code observation} as tool calls and their results.
   */
  public static ExampleCodec<ChatExample> shareGpt() {
    return shareGpt(TurnLayout.SHARE_GPT);
  }

  /** Returns the ShareGPT format with the names and words of a layout. */
  public static ExampleCodec<ChatExample> shareGpt(TurnLayout layout) {
    return new ShareGptCodecs.Chat(layout);
  }

  /**
   * Returns LLaMA-Factory's preference format of ShareGPT data: {@code conversations} that end
   * before the answer, and {@code chosen} and {@code rejected}, each one turn.
   */
  public static ExampleCodec<PreferenceExample> shareGptPreference() {
    return new ShareGptCodecs.Preference(TurnLayout.SHARE_GPT);
  }

  /**
   * Returns LLaMA-Factory's preference format of Alpaca data: {@code instruction} and {@code
   * input}, with {@code chosen} and {@code rejected} answers.
   */
  public static ExampleCodec<PreferenceExample> alpacaPreference() {
    return new AlpacaCodecs.Preference(AlpacaCodecs.BETWEEN);
  }

  /**
   * Returns unpaired preference data (KTO): an answer, and a {@code label} or {@code kto_tag} that
   * says whether it is wanted. The rest is {@code prompt} and {@code completion}, Alpaca, ShareGPT
   * or {@code messages}. The answer becomes the reference {@code completion}; {@link
   * UnpairedPreferences} makes training data of it.
   */
  public static ExampleCodec<PromptExample> unpairedPreference() {
    return new UnpairedCodec(TurnLayout.SHARE_GPT, AlpacaCodecs.BETWEEN);
  }

  /**
   * Returns TRL's prompts for reinforcement training: {@code prompt}, a text or a list of messages,
   * {@code tools}, and everything else as references for graders.
   */
  public static ExampleCodec<PromptExample> promptOnly() {
    return new PromptOnlyCodec();
  }

  /**
   * Returns a format whose members have other names in the file. Findings have the names of the
   * file; a member with a usual name that is renamed is not used, and reported.
   *
   * <p>For example, {@code renamed(alpaca(), Map.of("instruction", "question", "output",
   * "answer"))}.
   *
   * @param names from the usual name to the one in the file
   * @throws IllegalArgumentException if the codec is not one of this class
   */
  public static <E extends Example> ExampleCodec<E> renamed(
      ExampleCodec<E> codec, Map<String, String> names) {
    if (!(codec instanceof Grammar<E> grammar) || codec instanceof RenamedCodec) {
      throw new IllegalArgumentException(
          "Members can be renamed for the formats of ExampleCodecs only, but this is "
              + codec.name()
              + ".");
    }
    return new RenamedCodec<>(grammar, names);
  }

  /** Returns rows of a table, or any flat records, read by {@code mapping}. */
  public static ExampleCodec<ChatExample> columns(ColumnMapping mapping) {
    return new ColumnCodec(mapping);
  }

  /** Returns OpenAI's format for a kind of example, which can represent everything in it. */
  @SuppressWarnings("unchecked") // Each branch checks what the cast claims.
  public static <E extends Example> ExampleCodec<E> lossless(Class<E> exampleType) {
    if (exampleType == ChatExample.class) {
      return (ExampleCodec<E>) OPENAI_CHAT;
    } else if (exampleType == PreferenceExample.class) {
      return (ExampleCodec<E>) OPENAI_PREFERENCE;
    } else if (exampleType == PromptExample.class) {
      return (ExampleCodec<E>) OPENAI_REINFORCEMENT;
    }
    throw new IllegalArgumentException(
        "Unknown kind of example "
            + exampleType.getSimpleName()
            + "; expected ChatExample, PreferenceExample or PromptExample.");
  }
}
