package dev.finetune4j.local.internal.tensor;

import dev.finetune4j.local.internal.safetensors.SafetensorsWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/**
 * A tensor to be stored in a safetensors file; converted only when it is written. Not thread-safe.
 *
 * @param elementType the type to store it as: F32, F16 or BF16
 */
public record StoredTensor(String name, Tensor tensor, String elementType)
    implements SafetensorsWriter.Source {
  @Override
  public List<Long> shape() {
    return Arrays.stream(Tensors.shape(tensor)).boxed().toList();
  }

  @Override
  public ByteBuffer bytes() {
    try (Tensor detached = tensor.detach();
        Tensor typed = detached.to(Tensors.scalarType(elementType));
        Tensor contiguous = typed.contiguous();
        Pointer start = contiguous.data_ptr()) {
      int count = Math.toIntExact(contiguous.nbytes());
      ByteBuffer source = start.capacity(count).asByteBuffer();
      ByteBuffer copy = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
      return copy.put(source.limit(count)).flip();
    }
  }
}
