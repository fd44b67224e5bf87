package dev.finetune4j.local.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.Decoder;
import dev.finetune4j.local.internal.decoder.Parameters;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import dev.finetune4j.local.internal.trainer.MicroModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdapterFolderTest {
  @TempDir Path directory;

  @Test
  void theMergedCheckpointComputesWhatBaseAndAdapterCompute() throws Exception {
    try (BaseModel base = BaseModel.load(MicroModel.folder());
        LoadedAdapter adapter =
            AdapterFolder.load(MicroModel.folder().resolve("adapter"), base.configuration())) {
      CheckpointFolder.merge(base, adapter, directory);

      try (BaseModel merged = BaseModel.load(directory)) {
        float[] apart = scores(base.decoder(Parameters.of(base.weights(), adapter.updates())));
        float[] together = scores(merged.decoder(Parameters.of(merged.weights())));
        assertThat(together).containsExactly(apart, offset(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "peft_type, '\"IA3\"'",
    "use_dora, true",
    "bias, '\"all\"'",
    "rank_pattern, '{\"q_proj\": 8}'",
    "fan_in_fan_out, true"
  })
  void anAdapterOfAnotherKindIsRefusedByItsKey(String key, String value) throws Exception {
    Files.copy(
        MicroModel.folder().resolve("adapter/adapter_model.safetensors"),
        directory.resolve("adapter_model.safetensors"));
    Files.writeString(directory.resolve("adapter_config.json"), "{\"" + key + "\": " + value + "}");

    try (BaseModel base = BaseModel.load(MicroModel.folder())) {
      assertThatThrownBy(() -> AdapterFolder.load(directory, base.configuration()))
          .hasMessageContaining("\"" + key + "\"");
    }
  }

  private static float[] scores(Decoder decoder) {
    return Scope.withoutGradients(
        () ->
            Tensors.floats(
                decoder.logits(decoder.hidden(Tensors.ofLongs(new long[] {5, 6, 7, 8}, 1, 4)))));
  }
}
