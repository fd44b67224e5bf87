package dev.finetune4j.huggingface.internal.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values as JSON would represent them: strings and numbers, dates and times in ISO
 * 8601, and binary data in Base64. Not thread-safe.
 */
final class ScalarConverter extends PrimitiveConverter {
  private final Consumer<Object> target;
  private final @Nullable LogicalTypeAnnotation meaning;

  ScalarConverter(PrimitiveType type, Consumer<Object> target) {
    this.target = target;
    meaning = type.getLogicalTypeAnnotation();
  }

  @Override
  public void addBinary(Binary value) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      target.accept(new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()));
    } else if (meaning instanceof StringLogicalTypeAnnotation
        || meaning instanceof EnumLogicalTypeAnnotation
        || meaning instanceof JsonLogicalTypeAnnotation) {
      target.accept(value.toStringUsingUTF8());
    } else {
      target.accept(Base64.getEncoder().encodeToString(value.getBytes()));
    }
  }

  @Override
  public void addBoolean(boolean value) {
    target.accept(value);
  }

  @Override
  public void addDouble(double value) {
    target.accept(value);
  }

  @Override
  public void addFloat(float value) {
    // Via its decimal digits: 0.1 as a float becomes 0.1, not 0.10000000149.
    target.accept(Double.parseDouble(Float.toString(value)));
  }

  @Override
  public void addInt(int value) {
    if (meaning instanceof DateLogicalTypeAnnotation) {
      target.accept(LocalDate.ofEpochDay(value).toString());
    } else {
      addLong(value);
    }
  }

  @Override
  public void addLong(long value) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      target.accept(BigDecimal.valueOf(value, decimal.getScale()));
    } else if (meaning instanceof TimestampLogicalTypeAnnotation moment) {
      target.accept(Instant.EPOCH.plus(value, unit(moment)).toString());
    } else {
      target.accept(value);
    }
  }

  private static ChronoUnit unit(TimestampLogicalTypeAnnotation moment) {
    return switch (moment.getUnit()) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }
}
