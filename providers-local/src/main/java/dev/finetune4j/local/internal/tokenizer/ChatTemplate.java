package dev.finetune4j.local.internal.tokenizer;

import dev.finetune4j.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a conversation as the base was taught to read it. Immutable; may be used by several
 * threads.
 *
 * <p>Only the text of a trained message and the token that ends it count in the loss; headers never
 * do.
 */
public final class ChatTemplate {
  /**
   * Some ChatML templates put a system message of their own before a conversation that has none.
   */
  private static final Pattern DEFAULT_SYSTEM =
      Pattern.compile("<\\|im_start\\|>system(?:\\\\n|\n)([^'\"{}+<\\\\]+)<\\|im_end\\|>");

  private final ChatFormat format;
  private final Tokenizer tokenizer;
  private final String defaultSystem;

  /** Binds a format to the tokenizer that knows its special tokens. */
  public ChatTemplate(ChatFormat format, Tokenizer tokenizer) {
    this(format, tokenizer, "");
  }

  private ChatTemplate(ChatFormat format, Tokenizer tokenizer, String defaultSystem) {
    this.format = format;
    this.tokenizer = tokenizer;
    this.defaultSystem = defaultSystem;
  }

  /**
   * Recognises the template of a checkpoint folder.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if it is in none of the known formats
   */
  public static ChatTemplate of(Path folder, Tokenizer tokenizer) throws IOException {
    String template = read(folder);
    ChatFormat format = ChatFormat.recognise(template, tokenizer);
    if (format == null) {
      throw new IllegalArgumentException(
          "the chat template of "
              + folder.getFileName()
              + " is not ChatML, Llama 3, Zephyr or the tiny base's;"
              + " take a checkpoint with one of these, or set \"chat_template\" in its tokenizer_config.json to one");
    }
    Matcher defaultSystem = DEFAULT_SYSTEM.matcher(template);
    boolean hasDefault = format == ChatFormat.CHATML && defaultSystem.find();
    return new ChatTemplate(format, tokenizer, hasDefault ? defaultSystem.group(1) : "");
  }

  private static String read(Path folder) throws IOException {
    Path jinja = folder.resolve("chat_template.jinja");
    if (Files.exists(jinja)) {
      return Files.readString(jinja);
    }
    Path configuration = folder.resolve("tokenizer_config.json");
    if (!Files.exists(configuration)) {
      return "";
    }
    return Json.readObject(configuration).find("chat_template").map(Object::toString).orElse("");
  }

  private List<ChatMessage> withSystem(List<ChatMessage> messages) {
    boolean isThere = !messages.isEmpty() && messages.get(0).role().equals("system");
    if (isThere || defaultSystem.isEmpty()) {
      return messages;
    }
    List<ChatMessage> all = new ArrayList<>(List.of(ChatMessage.of("system", defaultSystem)));
    all.addAll(messages);
    return all;
  }

  /** The format. */
  public ChatFormat format() {
    return format;
  }

  /** The ids at which an answer ends. */
  public Set<Integer> endTokens() {
    return format.endTokens(tokenizer);
  }

  /** A whole conversation, to be learnt from. */
  public TokenSequence encode(List<ChatMessage> messages) {
    Builder builder = new Builder();
    builder.add(format.opening(), false);
    for (ChatMessage message : withSystem(messages)) {
      builder.add(format.header(message.role()), false);
      builder.add(format.body(message) + format.end(), message.trained());
      builder.add(format.gap(), false);
    }
    return builder.build();
  }

  /** A conversation that the assistant is to continue. */
  public int[] encodePrompt(List<ChatMessage> messages) {
    Builder builder = new Builder();
    builder.add(format.opening(), false);
    for (ChatMessage message : withSystem(messages)) {
      builder.add(format.header(message.role()), false);
      builder.add(format.body(message) + format.end(), false);
      builder.add(format.gap(), false);
    }
    builder.add(format.header("assistant"), false);
    return builder.build().tokens();
  }

  private final class Builder {
    private final List<Integer> tokens = new ArrayList<>();
    private final BitSet trained = new BitSet();
    private final StringBuilder pending = new StringBuilder();
    private boolean pendingTrained;

    void add(String text, boolean isTrained) {
      if (text.isEmpty()) {
        return;
      }
      if (isTrained != pendingTrained) {
        flush();
        pendingTrained = isTrained;
      }
      pending.append(text);
    }

    void flush() {
      for (int token : tokenizer.encode(pending.toString())) {
        trained.set(tokens.size(), pendingTrained);
        tokens.add(token);
      }
      pending.setLength(0);
    }

    TokenSequence build() {
      flush();
      return new TokenSequence(tokens.stream().mapToInt(Integer::intValue).toArray(), trained);
    }
  }
}
