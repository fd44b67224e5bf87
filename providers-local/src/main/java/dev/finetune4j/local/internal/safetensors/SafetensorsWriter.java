package dev.finetune4j.local.internal.safetensors;

import dev.finetune4j.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file, one tensor in memory at a time, and forces it to the disk. Stateless.
 */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /** A tensor to be written; its bytes are requested only then. */
  public interface Source {
    /** The name under which the tensor is stored. */
    String name();

    /** The extents. */
    List<Long> shape();

    /** The element type's name in the format: F32, F16 or BF16. */
    String elementType();

    /** The numbers, little endian; exactly as many bytes as type and shape require. */
    ByteBuffer bytes();
  }

  /** Replaces {@code file}; tensors are laid out in the order given. */
  public static void write(Path file, List<? extends Source> tensors) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, header(tensors));
      for (Source tensor : tensors) {
        writeFully(channel, tensor.bytes());
      }
      channel.force(true);
    }
  }

  private static ByteBuffer header(List<? extends Source> tensors) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("__metadata__", Map.of("format", "pt"));
    long position = 0;
    for (Source tensor : tensors) {
      long end = position + byteCount(tensor);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", tensor.elementType());
      entry.put("shape", tensor.shape());
      entry.put("data_offsets", List.of(position, end));
      fields.put(tensor.name(), entry);
      position = end;
    }
    byte[] json = Json.write(fields).getBytes(StandardCharsets.UTF_8);
    // Readers map the numbers directly, so they must begin at a multiple of eight.
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static long byteCount(Source tensor) {
    long elements = tensor.shape().stream().reduce(1L, (a, b) -> a * b);
    return elements * (tensor.elementType().equals("F32") ? 4 : 2);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
