package dev.finetune4j.huggingface.internal.parquet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Collects a map with keys as strings. Not thread-safe. */
final class MapConverter extends GroupConverter {
  private final Consumer<Object> target;
  private final Entry entry;
  private Map<String, @Nullable Object> entries = new LinkedHashMap<>();

  MapConverter(GroupType map, Consumer<Object> target) {
    this.target = target;
    entry = new Entry(map.getType(0).asGroupType());
  }

  static boolean isMap(GroupType type) {
    return type.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
        && type.getFieldCount() == 1
        && type.getType(0).isRepetition(Type.Repetition.REPEATED)
        && !type.getType(0).isPrimitive()
        && type.getType(0).asGroupType().getFieldCount() == 2;
  }

  @Override
  public Converter getConverter(int index) {
    return entry;
  }

  @Override
  public void start() {
    entries = new LinkedHashMap<>();
  }

  @Override
  public void end() {
    target.accept(entries);
  }

  /** One key and its value, which may be null. */
  private final class Entry extends GroupConverter {
    private final Converter[] sides;
    private String key = "";
    private @Nullable Object value;

    Entry(GroupType type) {
      sides =
          new Converter[] {
            Converters.of(type.getType(0), found -> key = String.valueOf(found)),
            Converters.of(type.getType(1), found -> value = found)
          };
    }

    @Override
    public Converter getConverter(int index) {
      return sides[index];
    }

    @Override
    public void start() {
      value = null;
    }

    @Override
    public void end() {
      entries.put(key, value);
    }
  }
}
