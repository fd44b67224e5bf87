package dev.finetune4j.local.internal.tensor;

import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between Java arrays and libtorch tensors. Stateless. */
public final class Tensors {
  private Tensors() {}

  /** Makes sure that kernels called from this thread have no threads of their own. */
  public static void singleThreadedKernels() {
    torch.set_num_threads(1);
  }

  /** A tensor of 32-bit floats with a copy of {@code values}. */
  public static Tensor ofFloats(float[] values, long... shape) {
    try (FloatPointer pointer = new FloatPointer(values)) {
      return torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Float)).clone();
    }
  }

  /** A tensor of 64-bit integers with a copy of {@code values}. */
  public static Tensor ofLongs(long[] values, long... shape) {
    try (LongPointer pointer = new LongPointer(values)) {
      return torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Long)).clone();
    }
  }

  /** A tensor of 32-bit floats, all zero. */
  public static Tensor zeros(long... shape) {
    return torch.zeros(shape, new TensorOptions(ScalarType.Float));
  }

  /**
   * A tensor of 32-bit floats from stored numbers.
   *
   * @param elementType F32, F16 or BF16
   * @throws IllegalArgumentException if it is another type
   */
  public static Tensor ofStored(ByteBuffer bytes, String elementType, long... shape) {
    ScalarType type = scalarType(elementType);
    try (BytePointer pointer = new BytePointer(direct(bytes))) {
      Tensor stored = torch.from_blob(pointer, shape, new TensorOptions(type));
      return type == ScalarType.Float ? stored.clone() : stored.to(ScalarType.Float);
    }
  }

  private static ByteBuffer direct(ByteBuffer bytes) {
    if (bytes.isDirect()) {
      return bytes;
    }
    return ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
  }

  /** The libtorch type of a stored one. */
  public static ScalarType scalarType(String elementType) {
    return switch (elementType) {
      case "F32" -> ScalarType.Float;
      case "F16" -> ScalarType.Half;
      case "BF16" -> ScalarType.BFloat16;
      default ->
          throw new IllegalArgumentException(
              "weights of type "
                  + elementType
                  + " are not read, only F32, F16 and BF16; take an unquantised base");
    };
  }

  /** A copy of the numbers of a float tensor, row by row. */
  public static float[] floats(Tensor tensor) {
    try (Tensor contiguous = tensor.contiguous();
        FloatPointer pointer = contiguous.data_ptr_float()) {
      float[] values = new float[Math.toIntExact(contiguous.numel())];
      pointer.get(values);
      return values;
    }
  }

  /** The one number of a tensor that has only one. */
  public static float number(Tensor tensor) {
    return tensor.item_float();
  }

  /** A double as libtorch wants it: a plain Java number may be taken for another type. */
  public static Scalar scalar(double value) {
    return new Scalar(value);
  }

  /** Joins along a dimension. */
  public static Tensor join(List<Tensor> parts, long dimension) {
    return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), dimension);
  }

  /** Lets a native object outlive the scope it was made in; its owner must close it. */
  public static <P extends Pointer> P kept(P pointer) {
    pointer.retainReference();
    return pointer;
  }

  /** The extents of a tensor. */
  public static long[] shape(Tensor tensor) {
    long[] shape = new long[(int) tensor.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.size(i);
    }
    return shape;
  }

  /** Frees a pointer now; a null or a freed one is passed over. */
  public static void free(Pointer pointer) {
    if (!pointer.isNull()) {
      pointer.close();
    }
  }
}
