package dev.finetune4j.local.internal.decoder;

import dev.finetune4j.local.internal.tensor.Tensors;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Who may look at what: the one part of a forward pass that differs between training and
 * generation.
 */
interface Attention {
  /** How this pass turns queries and keys. */
  RotaryTable.Rows rotary();

  /** Attends with tensors of (batch, head, position, width). */
  Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values);

  /** Every position sees itself and those before it; padding must be at the end. */
  static Attention causal(RotaryTable.Rows rotary) {
    return new Attention() {
      @Override
      public RotaryTable.Rows rotary() {
        return rotary;
      }

      @Override
      public Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values) {
        return Attention.attend(queries, keys, values, null);
      }
    };
  }

  /** Attends with a mask that is added to the scores, or causally without a mask. */
  static Tensor attend(Tensor queries, Tensor keys, Tensor values, @Nullable Tensor mask) {
    long group = queries.size(1) / keys.size(1);
    TensorOptional optional = mask == null ? new TensorOptional() : new TensorOptional(mask);
    return torch.scaled_dot_product_attention(
        queries,
        spread(keys, group),
        spread(values, group),
        optional,
        0.0,
        mask == null,
        new DoubleOptional(1 / Math.sqrt((double) queries.size(3))),
        false);
  }

  private static Tensor spread(Tensor shared, long group) {
    if (group == 1) {
      return shared;
    }
    long[] shape = Tensors.shape(shared);
    return shared
        .unsqueeze(2)
        .expand(shape[0], shape[1], group, shape[2], shape[3])
        .reshape(shape[0], shape[1] * group, shape[2], shape[3]);
  }
}
