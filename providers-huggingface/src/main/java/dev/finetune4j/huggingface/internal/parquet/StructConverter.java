package dev.finetune4j.huggingface.internal.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Collects the members of a group in a map. Absent members are null, and repeated members are lists
 * even if not marked as lists. Not thread-safe.
 */
final class StructConverter extends GroupConverter {
  private final Consumer<Object> target;
  private final GroupType type;
  private final List<Converter> members = new ArrayList<>();
  private Map<String, @Nullable Object> value = new LinkedHashMap<>();

  StructConverter(GroupType type, Consumer<Object> target) {
    this.type = type;
    this.target = target;
    for (Type member : type.getFields()) {
      String name = member.getName();
      members.add(
          member.isRepetition(Type.Repetition.REPEATED)
              ? Converters.of(member, item -> append(name, item))
              : Converters.of(member, item -> value.put(name, item)));
    }
  }

  Map<String, @Nullable Object> value() {
    return value;
  }

  @SuppressWarnings("unchecked") // Only start() puts a value under the name of such a member.
  private void append(String name, Object item) {
    List<Object> items = (List<Object>) value.get(name);
    if (items != null) {
      items.add(item);
    }
  }

  @Override
  public Converter getConverter(int index) {
    return members.get(index);
  }

  @Override
  public void start() {
    value = new LinkedHashMap<>();
    for (Type member : type.getFields()) {
      boolean isRepeated = member.isRepetition(Type.Repetition.REPEATED);
      value.put(member.getName(), isRepeated ? new ArrayList<>() : null);
    }
  }

  @Override
  public void end() {
    target.accept(value);
  }
}
