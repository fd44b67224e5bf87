package dev.finetune4j.local.internal.safetensors;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file of which only the header has been read; tensors are mapped into memory when
 * asked for. Immutable.
 *
 * <p>A file whose header does not describe its bytes (holes, overlaps, a cut end) is refused when
 * opened.
 */
public final class SafetensorsFile {
  private static final int MAXIMUM_HEADER_BYTES = 100_000_000;

  private final Path file;
  private final long dataStart;
  private final Map<String, TensorEntry> entries;

  private SafetensorsFile(Path file, long dataStart, Map<String, TensorEntry> entries) {
    this.file = file;
    this.dataStart = dataStart;
    this.entries = entries;
  }

  /**
   * Reads the header.
   *
   * @throws IOException if the file cannot be read or is not a whole safetensors file
   */
  public static SafetensorsFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long headerBytes = read(channel, 0, 8, file).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (headerBytes < 2 || headerBytes > MAXIMUM_HEADER_BYTES) {
        throw new IOException(
            file
                + " is not a safetensors file: its header would be "
                + headerBytes
                + " bytes long");
      }
      String header =
          StandardCharsets.UTF_8.decode(read(channel, 8, (int) headerBytes, file)).toString();
      Map<String, TensorEntry> entries = entries(header, file);
      long dataBytes = channel.size() - 8 - headerBytes;
      requireWhole(entries, dataBytes, file);
      return new SafetensorsFile(file, 8 + headerBytes, entries);
    }
  }

  /** All tensors by name, in the order of the header. */
  public Map<String, TensorEntry> entries() {
    return entries;
  }

  /**
   * The bytes of one tensor, little endian; they stay valid as long as the buffer is reachable.
   *
   * @throws IOException if the file has no such tensor or it is over 2 GiB
   */
  public ByteBuffer bytes(String name) throws IOException {
    TensorEntry entry = entries.get(name);
    if (entry == null) {
      throw new IOException(file + " has no tensor " + name);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, dataStart + entry.begin(), entry.byteCount())
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": tensor " + name + " is over 2 GiB", e);
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int count, Path file)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException(file + " ends inside its header");
      }
    }
    return buffer.flip();
  }

  private static Map<String, TensorEntry> entries(String header, Path file) throws IOException {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    try {
      JsonObject fields = Json.parseObject(header, file.getFileName() + " header");
      for (String name : fields.names()) {
        if (!name.equals("__metadata__")) {
          entries.put(name, entry(name, fields.requireObject(name)));
        }
      }
    } catch (IllegalArgumentException | JsonSyntaxException e) {
      throw new IOException(file + " has a broken header: " + e.getMessage(), e);
    }
    return entries;
  }

  private static TensorEntry entry(String name, JsonObject fields) {
    List<Long> offsets = longs(fields, "data_offsets");
    if (offsets.size() != 2) {
      throw new IllegalArgumentException(name + " has no two data_offsets");
    }
    return new TensorEntry(
        name,
        fields.requireString("dtype"),
        longs(fields, "shape"),
        offsets.get(0),
        offsets.get(1));
  }

  private static List<Long> longs(JsonObject fields, String key) {
    List<Long> values = new ArrayList<>();
    for (Object value : fields.list(key)) {
      values.add(((Number) value).longValue());
    }
    return values;
  }

  private static void requireWhole(Map<String, TensorEntry> entries, long dataBytes, Path file)
      throws IOException {
    List<TensorEntry> byPosition = new ArrayList<>(entries.values());
    byPosition.sort((a, b) -> Long.compare(a.begin(), b.begin()));
    long position = 0;
    for (TensorEntry entry : byPosition) {
      if (entry.begin() != position || entry.end() < entry.begin()) {
        throw new IOException(
            file + ": tensor " + entry.name() + " overlaps another or leaves a hole");
      }
      position = entry.end();
    }
    if (position != dataBytes) {
      throw new IOException(
          file
              + " should hold "
              + position
              + " bytes of tensors and holds "
              + dataBytes
              + ": is it cut?");
    }
  }
}
