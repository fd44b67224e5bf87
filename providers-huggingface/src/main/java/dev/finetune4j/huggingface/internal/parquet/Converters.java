package dev.finetune4j.huggingface.internal.parquet;

import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Chooses the converter of a column. Stateless. */
final class Converters {
  private Converters() {}

  /** Returns a converter that passes each value of a type to {@code target}. */
  static Converter of(Type type, Consumer<Object> target) {
    if (type.isPrimitive()) {
      return new ScalarConverter(type.asPrimitiveType(), target);
    }
    GroupType group = type.asGroupType();
    if (ListConverter.isList(group)) {
      return new ListConverter(group, target);
    }
    return MapConverter.isMap(group)
        ? new MapConverter(group, target)
        : new StructConverter(group, target);
  }
}
