package dev.finetune4j.local.internal.pretraining;

import dev.finetune4j.local.internal.tokenizer.ChatFormat;
import dev.finetune4j.local.internal.tokenizer.ChatTemplate;
import dev.finetune4j.local.internal.tokenizer.TokenSequence;
import dev.finetune4j.local.internal.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Text as sequences of one length without padding: documents and conversations one after another. For one thread. */
final class PackedText {
  private static final int CONVERSATION_EVERY = 4;

  private final RecipeText text;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final List<Integer> buffer = new ArrayList<>();
  private int pieces;

  PackedText(RecipeText text, Tokenizer tokenizer) {
    this.text = text;
    this.tokenizer = tokenizer;
    this.template = new ChatTemplate(ChatFormat.TINY, tokenizer);
  }

  List<TokenSequence> sequences(int count, int length) {
    List<TokenSequence> sequences = new ArrayList<>();
    while (sequences.size() < count) {
      while (buffer.size() < length) {
        addPiece();
      }
      List<Integer> head = buffer.subList(0, length);
      sequences.add(TokenSequence.allTrained(head.stream().mapToInt(Integer::intValue).toArray()));
      head.clear();
    }
    return sequences;
  }

  private void addPiece() {
    boolean isConversation = pieces++ % CONVERSATION_EVERY == 0;
    int[] tokens =
        isConversation
            ? template.encode(text.conversation()).tokens()
            : tokenizer.encode(text.document() + TinyDescription.END_OF_TEXT);
    for (int token : tokens) {
      buffer.add(token);
    }
  }
}
