package dev.finetune4j.local.internal.decoder;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * One linear layer: weight, perhaps a bias, perhaps a low-rank update. As thread-safe as its
 * update.
 */
record Linear(Tensor weight, @Nullable Tensor bias, @Nullable LowRankUpdate update) {
  Tensor apply(Tensor input) {
    Tensor output =
        bias == null
            ? torch.linear(input, weight)
            : torch.linear(input, weight, new TensorOptional(bias));
    return update == null ? output : update.addTo(output, input);
  }
}
