package dev.finetune4j.local.internal.safetensors;

import java.util.List;

/**
 * The position of a tensor in a safetensors file. Immutable.
 *
 * @param elementType the type's name in the format: F32, F16, BF16, I64, …
 * @param begin the first byte, counted from the end of the header
 * @param end the byte behind the last one
 */
public record TensorEntry(String name, String elementType, List<Long> shape, long begin, long end) {
  /** Copies the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** How many numbers the tensor has. */
  public long elementCount() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** The extents as an array. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** How many bytes the tensor takes. */
  public long byteCount() {
    return end - begin;
  }
}
