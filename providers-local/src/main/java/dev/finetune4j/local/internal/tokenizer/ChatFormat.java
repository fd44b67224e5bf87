package dev.finetune4j.local.internal.tokenizer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conversation formats that can be written without running a checkpoint's template language.
 *
 * <p>A checkpoint is recognised by marks in its chat template and by the special tokens of its
 * tokenizer.
 */
public enum ChatFormat {
  /** SmolLM2, Qwen 2.5: {@code <|im_start|>role\ntext<|im_end|>\n}. */
  CHATML("<|im_start|>", "<|im_end|>", "\n"),
  /** Llama 3: headers between {@code <|start_header_id|>} and {@code <|end_header_id|>}. */
  LLAMA3("<|start_header_id|>", "<|eot_id|>", ""),
  /** Zephyr, TinyLlama: {@code <|role|>\ntext</s>\n}. */
  ZEPHYR("<|assistant|>", "</s>", "\n"),
  /**
   * The tiny base that ships with this module: one token per role, {@code <|end|>} behind each
   * message.
   */
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
   * The format that a template is written in, or null for another format; an empty template is
   * judged by its tokens.
   */
  static @Nullable ChatFormat recognise(String template, Tokenizer tokenizer) {
    for (ChatFormat format : values()) {
      boolean knowsTokens = tokenizer.specialToken(format.end) != null;
      boolean written =
          template.contains(format.mark) || (template.isEmpty() && format.isSpecial(tokenizer));
      if (knowsTokens && written) {
        return format;
      }
    }
    return null;
  }

  private boolean isSpecial(Tokenizer tokenizer) {
    return tokenizer.specialToken(mark) != null;
  }

  /** The text before the first message. */
  String opening() {
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
