package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Flat records by a column mapping. Writing needs templates of a single column each. */
final class ColumnCodec extends Grammar<ChatExample> {
  private final ColumnMapping mapping;
  private final Set<String> columns;

  ColumnCodec(ColumnMapping mapping) {
    super("columns", ChatExample.class);
    this.mapping = mapping;
    List<String> named = new ArrayList<>(ColumnMapping.columns(mapping.user()));
    named.addAll(ColumnMapping.columns(mapping.assistant()));
    mapping.system().ifPresent(system -> named.addAll(ColumnMapping.columns(system)));
    columns = Set.copyOf(named);
  }

  @Override
  @Nullable ChatExample read(RecordNode root) {
    if (!(root.value() instanceof Map<?, ?> record)) {
      return null;
    }
    for (String column : columns) {
      root.find(column);
      if (!record.containsKey(column)) {
        root.at(column)
            .fail(
                "missing-column",
                "The column \"" + column + "\" is missing; the record has " + record.keySet() + ".",
                "Correct the template or the header of the table.");
      }
    }
    for (String column : root.unread()) {
      root.at(column)
          .note(
              "unused-column",
              "The column \"" + column + "\" is in no template.",
              "Nothing to do if the model should not see it.");
    }
    if (root.failed()) {
      return null;
    }
    Conversation conversation = new Conversation(Set.of());
    for (Message message : mapping.toExample(columns(record)).messages()) {
      RecordNode place = place(root, message.role());
      MessageGrammar.checkText(place.with(message.text()));
      conversation.add(message, place, List.of());
    }
    conversation.finishTraining(root);
    return new ChatExample(conversation.messages(), List.of());
  }

  @SuppressWarnings("unchecked") // Records have strings as keys.
  private static Map<String, @Nullable Object> columns(Map<?, ?> record) {
    return (Map<String, @Nullable Object>) record;
  }

  /** Returns the cell of a message, or the whole record if it comes from several cells. */
  private RecordNode place(RecordNode root, Role role) {
    String template =
        switch (role) {
          case USER -> mapping.user();
          case ASSISTANT -> mapping.assistant();
          default -> mapping.system().orElse("");
        };
    return ColumnMapping.soleColumn(template).map(root::at).orElse(root);
  }

  @Override
  public Map<String, @Nullable Object> toRecord(ChatExample example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(4);
    mapping
        .system()
        .filter(template -> !ColumnMapping.columns(template).isEmpty())
        .ifPresent(template -> record.put(column(template), systemText(example)));
    record.put(column(mapping.user()), userText(example));
    record.put(column(mapping.assistant()), example.answer());
    return record;
  }

  private static String column(String template) {
    return ColumnMapping.soleColumn(template)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A text cannot be split into columns by the template \""
                        + template
                        + "\"; to write a table, use templates of a single {{column}} each."));
  }

  private static String systemText(ChatExample example) {
    return example.prompt().stream()
        .filter(message -> message.role() == Role.SYSTEM)
        .findFirst()
        .map(message -> message.text())
        .orElse("");
  }

  private static String userText(ChatExample example) {
    int last = example.prompt().size() - 1;
    return last < 0 ? "" : example.prompt().get(last).text();
  }

  @Override
  public List<String> lostInWriting(ChatExample example) {
    List<String> lost = ConversionLosses.ofTexts(example);
    List<Message> prompt = example.prompt();
    boolean first = !prompt.isEmpty() && prompt.get(0).role() == Role.SYSTEM;
    String text = first ? prompt.get(0).text() : "";
    boolean column =
        mapping.system().filter(each -> !ColumnMapping.columns(each).isEmpty()).isPresent();
    boolean kept = column ? first != text.isEmpty() : text.equals(mapping.system().orElse(""));
    if (!kept || (first && text.isEmpty())) {
      lost.add("system messages");
    }
    int user = first ? 1 : 0;
    if (prompt.size() > user + 1) {
      lost.add("earlier turns");
    }
    if (prompt.size() <= user || prompt.get(user).role() != Role.USER) {
      lost.add("roles of the prompt messages");
    }
    return lost;
  }

  @Override
  public List<String> lostInReading(Map<String, ? extends @Nullable Object> record) {
    List<String> lost = new ArrayList<>();
    record.keySet().stream()
        .filter(name -> !columns.contains(name))
        .forEach(name -> lost.add("$." + name));
    return lost;
  }
}
