package dev.finetune4j.local.internal.json;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers, truth values and nulls as JSON. Stateless. */
public final class JsonText {
  private JsonText() {}

  /** The value on one line. */
  public static String of(Map<String, ?> object) {
    return write(object, "");
  }

  /** Writes the value with two spaces of indent and a line end, as people like to read it. */
  public static void save(Path file, Map<String, ?> object) throws IOException {
    Files.writeString(file, write(object, "  ") + "\n");
  }

  private static String write(Map<String, ?> object, String indent) {
    Buffer buffer = new Buffer();
    try (JsonWriter writer = JsonWriter.of(buffer)) {
      writer.setIndent(indent);
      writer.setSerializeNulls(true);
      value(writer, object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }

  private static void value(JsonWriter writer, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      writer.beginObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        writer.name(String.valueOf(entry.getKey()));
        value(writer, entry.getValue());
      }
      writer.endObject();
    } else if (value instanceof List<?> list) {
      writer.beginArray();
      for (Object element : list) {
        value(writer, element);
      }
      writer.endArray();
    } else {
      scalar(writer, value);
    }
  }

  private static void scalar(JsonWriter writer, @Nullable Object value) throws IOException {
    if (value == null) {
      writer.nullValue();
    } else if (value instanceof Boolean flag) {
      writer.value(flag);
    } else if (value instanceof Integer || value instanceof Long) {
      writer.value(((Number) value).longValue());
    } else if (value instanceof Number number) {
      writer.value(number.doubleValue());
    } else {
      writer.value(value.toString());
    }
  }
}
