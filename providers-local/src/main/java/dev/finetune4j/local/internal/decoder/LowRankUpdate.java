package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a low-rank adapter adds to one linear layer: {@code scale * up * down * dropout(x)}. As
 * thread-safe as its dropout.
 *
 * @param down the matrix of rank rows by input columns, called A in the papers
 * @param up the matrix of output rows by rank columns, called B
 * @param scale alpha divided by the rank
 */
public record LowRankUpdate(Tensor down, Tensor up, double scale, Dropout dropout) {
  Tensor addTo(Tensor output, Tensor input) {
    Tensor narrow = torch.linear(dropout.apply(input), down);
    Tensor wide = torch.linear(narrow, up);
    Scalar factor = Tensors.scalar(scale);
    return output.add(wide, factor);
  }
}
