package dev.finetune4j.local.internal.pretraining;

import dev.finetune4j.local.internal.tokenizer.ChatFormat;
import dev.finetune4j.local.internal.tokenizer.ChatTemplate;
import dev.finetune4j.local.internal.tokenizer.TokenSequence;
import dev.finetune4j.local.internal.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Text as sequences of one length without padding: documents and conversations one after another.
 * For one thread.
 *
 * <p>What nothing foretells (the amounts of a recipe) counts in the loss in one piece of eight
 * only: it cannot be learnt beyond its odds, and would drown what can.
 */
final class PackedText {
  private static final int CONVERSATION_EVERY = 4;
  private static final int WHOLE_EVERY = 8;

  private final RecipeText text;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final List<Integer> tokens = new ArrayList<>();
  private final List<Boolean> trained = new ArrayList<>();
  private int pieces;

  PackedText(RecipeText text, Tokenizer tokenizer) {
    this.text = text;
    this.tokenizer = tokenizer;
    this.template = new ChatTemplate(ChatFormat.TINY, tokenizer);
  }

  List<TokenSequence> sequences(int count, int length) {
    List<TokenSequence> sequences = new ArrayList<>();
    while (sequences.size() < count) {
      while (tokens.size() < length) {
        addPiece();
      }
      BitSet marks = new BitSet();
      IntStream.range(1, length).filter(trained::get).forEach(marks::set);
      int[] ids = tokens.subList(0, length).stream().mapToInt(Integer::intValue).toArray();
      sequences.add(new TokenSequence(ids, marks));
      tokens.subList(0, length).clear();
      trained.subList(0, length).clear();
    }
    return sequences;
  }

  private void addPiece() {
    boolean isWhole = pieces % WHOLE_EVERY == 1;
    if (pieces++ % CONVERSATION_EVERY == 0) {
      TokenSequence conversation = template.encode(text.conversation());
      for (int i = 0; i < conversation.length(); i++) {
        add(conversation.token(i), isWhole || conversation.isTrained(i));
      }
    } else {
      RecipeText.Document document = text.document();
      addAll(document.start(), isWhole);
      addAll(document.end() + TinyDescription.END_OF_TEXT, true);
    }
  }

  private void addAll(String part, boolean isTrained) {
    for (int token : tokenizer.encode(part)) {
      add(token, isTrained);
    }
  }

  private void add(int token, boolean isTrained) {
    tokens.add(token);
    trained.add(isTrained);
  }
}
