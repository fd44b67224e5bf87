package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Flat records by a column mapping. Writing needs templates of a single column each. */
final class ColumnCodec implements ExampleCodec<ChatExample> {
  private final ColumnMapping mapping;
  private final Set<String> columns;

  ColumnCodec(ColumnMapping mapping) {
    this.mapping = mapping;
    List<String> named = new ArrayList<>(ColumnMapping.columns(mapping.user()));
    named.addAll(ColumnMapping.columns(mapping.assistant()));
    mapping.system().ifPresent(system -> named.addAll(ColumnMapping.columns(system)));
    columns = Set.copyOf(named);
  }

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public Class<ChatExample> exampleType() {
    return ChatExample.class;
  }

  @Override
  public ChatExample fromRecord(Map<String, ? extends @Nullable Object> record) {
    return mapping.toExample(record);
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
    boolean first = !example.prompt().isEmpty() && example.prompt().get(0).role() == Role.SYSTEM;
    boolean kept = first && mapping.system().isPresent();
    if (first && !kept) {
      lost.add("system messages");
    }
    if (example.prompt().size() > (first ? 2 : 1)) {
      lost.add("earlier turns");
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

  @Override
  public String locate(String path) {
    return path.startsWith("$.messages[") ? "$" : path;
  }
}
