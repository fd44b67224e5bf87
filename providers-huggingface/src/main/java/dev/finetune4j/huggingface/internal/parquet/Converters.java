package dev.finetune4j.huggingface.internal.parquet;

import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Chooses how a column is read. Stateless. */
final class Converters {
  private Converters() {}

  /** Returns what reads values of a type and hands each that is there to {@code target}. */
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
