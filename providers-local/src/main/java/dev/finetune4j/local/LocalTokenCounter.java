package dev.finetune4j.local;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.local.internal.process.ExampleFile;
import dev.finetune4j.local.internal.tokenizer.ChatTemplate;
import dev.finetune4j.local.internal.tokenizer.Tokenizer;
import dev.finetune4j.token.TokenCounter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts with the model's own tokenizer and chat format. Thread-safe until closed. */
final class LocalTokenCounter implements TokenCounter, AutoCloseable {
  private final Tokenizer tokenizer;
  private final ChatTemplate template;

  private LocalTokenCounter(Tokenizer tokenizer, ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.template = template;
  }

  static LocalTokenCounter of(Path folder) {
    try {
      Tokenizer tokenizer = Tokenizer.load(folder);
      return new LocalTokenCounter(tokenizer, ChatTemplate.of(folder, tokenizer));
    } catch (IOException e) {
      throw LocalErrors.unreadable("The tokenizer in " + folder, e);
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      throw LocalErrors.invalid("The tokenizer in " + folder + ": " + e.getMessage());
    }
  }

  @Override
  public long count(String text) {
    return tokenizer.encode(text).length;
  }

  /** Counts a preference pair as the two conversations that it is trained as. */
  @Override
  public long count(Example example) {
    if (example instanceof ChatExample chat) {
      return conversation(chat.messages());
    } else if (example instanceof PreferenceExample pair) {
      return conversation(with(pair.prompt(), pair.preferred()))
          + conversation(with(pair.prompt(), pair.rejected()));
    }
    return template.encodePrompt(ExampleFile.messages(example.prompt())).length;
  }

  /** Returns 0: images are refused, and tools count as the template writes them. */
  @Override
  public long margin(Example example) {
    return 0;
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private long conversation(List<Message> messages) {
    return template.encode(ExampleFile.messages(messages)).length();
  }

  private static List<Message> with(List<Message> prompt, Message answer) {
    List<Message> all = new ArrayList<>(prompt);
    all.add(answer);
    return all;
  }
}
