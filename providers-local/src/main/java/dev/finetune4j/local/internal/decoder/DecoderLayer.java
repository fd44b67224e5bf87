package dev.finetune4j.local.internal.decoder;

import java.util.function.Function;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * One block: attention, then the gated feed-forward part, each behind a norm and added to the
 * stream.
 */
final class DecoderLayer {
  private final int index;
  private final DecoderConfiguration configuration;
  private final Norm inputNorm;
  private final Norm innerNorm;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear output;
  private final Linear gate;
  private final Linear up;
  private final Linear down;

  DecoderLayer(int index, DecoderConfiguration configuration, Parameters parameters) {
    this.index = index;
    this.configuration = configuration;
    inputNorm =
        new Norm(parameters.tensor(ParameterNames.inputNorm(index)), configuration.normEpsilon());
    innerNorm =
        new Norm(parameters.tensor(ParameterNames.innerNorm(index)), configuration.normEpsilon());
    Function<String, Linear> linear =
        module -> parameters.linear(ParameterNames.linear(index, module));
    query = linear.apply("q_proj");
    key = linear.apply("k_proj");
    value = linear.apply("v_proj");
    output = linear.apply("o_proj");
    gate = linear.apply("gate_proj");
    up = linear.apply("up_proj");
    down = linear.apply("down_proj");
  }

  Tensor apply(Tensor stream, Attention attention) {
    Tensor attended = stream.add(attend(inputNorm.apply(stream), attention));
    return attended.add(feedForward(innerNorm.apply(attended)));
  }

  private Tensor attend(Tensor input, Attention attention) {
    AttentionShape shape = configuration.attention();
    RotaryTable.Rows rotary = attention.rotary();
    Tensor queries = rotary.turn(split(query.apply(input), shape.heads())).transpose(1, 2);
    Tensor keys = rotary.turn(split(key.apply(input), shape.keyValueHeads())).transpose(1, 2);
    Tensor values = split(value.apply(input), shape.keyValueHeads()).transpose(1, 2);
    Tensor mixed = attention.attend(index, queries, keys, values);
    long width = (long) shape.heads() * shape.headDimension();
    return output.apply(mixed.transpose(1, 2).reshape(input.size(0), input.size(1), width));
  }

  private Tensor split(Tensor input, int heads) {
    return input.view(
        input.size(0), input.size(1), heads, configuration.attention().headDimension());
  }

  private Tensor feedForward(Tensor input) {
    return down.apply(torch.silu(gate.apply(input)).mul(up.apply(input)));
  }

  /** Divides by the root of the mean square, then scales each column. */
  record Norm(Tensor weight, double epsilon) {
    Tensor apply(Tensor input) {
      return torch.rms_norm(
          input,
          new long[] {weight.size(0)},
          new TensorOptional(weight),
          new DoubleOptional(epsilon));
    }
  }
}
