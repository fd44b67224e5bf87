package dev.finetune4j.huggingface.internal.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Collects a list: a group with one repeated member. By the rules for older writers in Parquet's
 * description of nested types, that member is the item itself if it is not a group, has several
 * members, or has one of two names; otherwise it wraps the item. Not thread-safe.
 */
final class ListConverter extends GroupConverter {
  private final Consumer<Object> target;
  private final Converter repeated;
  private List<@Nullable Object> items = new ArrayList<>();

  ListConverter(GroupType list, Consumer<Object> target) {
    this.target = target;
    Type item = list.getType(0);
    repeated =
        isItem(list, item)
            ? Converters.of(item, value -> items.add(value))
            : new Wrapped(item.asGroupType());
  }

  static boolean isList(GroupType type) {
    return type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
        && type.getFieldCount() == 1
        && type.getType(0).isRepetition(Type.Repetition.REPEATED);
  }

  private static boolean isItem(GroupType list, Type repeated) {
    return repeated.isPrimitive()
        || repeated.asGroupType().getFieldCount() != 1
        || repeated.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
        || repeated.getName().equals("array")
        || repeated.getName().equals(list.getName() + "_tuple");
  }

  @Override
  public Converter getConverter(int index) {
    return repeated;
  }

  @Override
  public void start() {
    items = new ArrayList<>();
  }

  @Override
  public void end() {
    target.accept(items);
  }

  /** The group around one item, which may be null. */
  private final class Wrapped extends GroupConverter {
    private final Converter item;
    private @Nullable Object value;

    Wrapped(GroupType wrapper) {
      item = Converters.of(wrapper.getType(0), found -> value = found);
    }

    @Override
    public Converter getConverter(int index) {
      return item;
    }

    @Override
    public void start() {
      value = null;
    }

    @Override
    public void end() {
      items.add(value);
    }
  }
}
