package dev.finetune4j.local.internal.tokenizer;

import dev.finetune4j.local.internal.json.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The conversation formats that can be written without running a checkpoint's template language.
 *
 * <p>A checkpoint is recognised by marks in its chat template and by the special tokens of its tokenizer.
 */
public enum ChatFormat {
  /** SmolLM2, Qwen 2.5: {@code <|im_start|>role\ntext<|im_end|>\n}. */
  CHATML("<|im_start|>", "<|im_end|>", "\n"),
  /** Llama 3: headers between {@code <|start_header_id|>} and {@code <|end_header_id|>}. */
  LLAMA3("<|start_header_id|>", "<|eot_id|>", ""),
  /** Zephyr, TinyLlama: {@code <|role|>\ntext</s>\n}. */
  ZEPHYR("<|assistant|>", "</s>", "\n"),
  /** The tiny base that ships with this module: one token per role, {@code <|end|>} behind each message. */
  TINY("<|tiny:assistant|>", "<|end|>", "");

  private final String mark;
  private final String end;
  private final String gap;

  ChatFormat(String mark, String end, String gap) {
    this.mark = mark;
    this.end = end;
    this.gap = gap;
  }

  /**
   * Recognises the format of a checkpoint folder.
   *
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if it is none of these
   */
  public static ChatFormat of(Path folder, Tokenizer tokenizer) throws IOException {
    String template = template(folder);
    for (ChatFormat format : values()) {
      boolean knowsTokens = tokenizer.specialToken(format.end) != null;
      boolean written = template.contains(format.mark) || (template.isEmpty() && format.isSpecial(tokenizer));
      if (knowsTokens && written) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "the chat template of " + folder.getFileName() + " is none of ChatML, Llama 3, Zephyr or the tiny base's;"
            + " take a checkpoint with one of these, or set \"chat_template\" in its tokenizer_config.json to one");
  }

  private boolean isSpecial(Tokenizer tokenizer) {
    return tokenizer.specialToken(mark) != null;
  }

  private static String template(Path folder) throws IOException {
    Path jinja = folder.resolve("chat_template.jinja");
    if (Files.exists(jinja)) {
      return Files.readString(jinja);
    }
    Path configuration = folder.resolve("tokenizer_config.json");
    if (!Files.exists(configuration)) {
      return "";
    }
    Object template = JsonFields.read(configuration).raw("chat_template");
    return template == null ? "" : template.toString();
  }

  /** What stands before the first message. */
  String opening(List<ChatMessage> messages) {
    return this == LLAMA3 ? "<|begin_of_text|>" : "";
  }

  String header(String role) {
    return switch (this) {
      case CHATML -> "<|im_start|>" + role + "\n";
      case LLAMA3 -> "<|start_header_id|>" + role + "<|end_header_id|>\n\n";
      case ZEPHYR -> "<|" + role + "|>\n";
      case TINY -> "<|tiny:" + role + "|>";
    };
  }

  String body(ChatMessage message) {
    return this == LLAMA3 ? message.content().trim() : message.content();
  }

  String end() {
    return end;
  }

  String gap() {
    return gap;
  }

  Set<Integer> endTokens(Tokenizer tokenizer) {
    Set<Integer> ids = new HashSet<>();
    for (String name : List.of(end, "<|endoftext|>", "<|end_of_text|>", "</s>")) {
      Integer id = tokenizer.specialToken(name);
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }
}
