package dev.finetune4j.local.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.local.internal.decoder.RotarySettings.Llama3Scaling;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationFileTest {
  private static final String SHAPE =
      "\"hidden_size\":64,\"intermediate_size\":128,\"num_hidden_layers\":2,\"vocab_size\":100,\"num_attention_heads\":4";

  @TempDir Path directory;

  @Test
  void whatIsAbsentHasTheValueThatTransformersGivesIt() throws Exception {
    DecoderConfiguration configuration = read("{\"model_type\":\"llama\"," + SHAPE + "}");

    assertThat(configuration.attention()).isEqualTo(new AttentionShape(4, 4, 16, false, false));
    assertThat(configuration.rotary()).isEqualTo(new RotarySettings(10_000, 2048, null));
    assertThat(configuration.tiedHead()).isFalse();
    assertThat(configuration.normEpsilon()).isEqualTo(1e-6);
  }

  @Test
  void qwen2AlwaysAddsBiasesToTheInputsOfAttention() throws Exception {
    DecoderConfiguration configuration = read("{\"model_type\":\"qwen2\"," + SHAPE + "}");

    assertThat(configuration.attention().inputBias()).isTrue();
    assertThat(configuration.attention().outputBias()).isFalse();
  }

  @Test
  void bothSpellingsOfRotaryScalingAreRead() throws Exception {
    String values =
        "\"rope_type\":\"llama3\",\"factor\":32.0,\"low_freq_factor\":1.0,\"high_freq_factor\":4.0,"
            + "\"original_max_position_embeddings\":8192";
    Llama3Scaling expected = new Llama3Scaling(32, 1, 4, 8192);

    DecoderConfiguration older =
        read(
            "{\"model_type\":\"llama\","
                + SHAPE
                + ",\"rope_theta\":5e5,\"rope_scaling\":{"
                + values
                + "}}");
    DecoderConfiguration newer =
        read(
            "{\"model_type\":\"llama\","
                + SHAPE
                + ",\"rope_parameters\":{\"rope_theta\":5e5,"
                + values
                + "}}");

    assertThat(older.rotary()).isEqualTo(new RotarySettings(5e5, 2048, expected));
    assertThat(newer.rotary()).isEqualTo(older.rotary());
  }

  @Test
  void aFamilyThatTheDecoderIsNotIsRefusedByName() {
    assertThatThrownBy(() -> read("{\"model_type\":\"gemma3\"," + SHAPE + "}"))
        .hasMessage(
            "config.json: \"model_type\" is gemma3, and this decoder can only do one of llama, mistral, qwen2");
  }

  @Test
  void anotherRotaryScalingIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"model_type\":\"llama\","
                        + SHAPE
                        + ",\"rope_scaling\":{\"type\":\"yarn\",\"factor\":4.0}}"))
        .hasMessage(
            "config.json: \"rope_type\" is yarn, and this decoder can only do default or llama3");
  }

  @Test
  void aQuantisedBaseIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"model_type\":\"llama\","
                        + SHAPE
                        + ",\"quantization_config\":{\"bits\":4}}"))
        .hasMessageContaining("\"quantization_config\"");
  }

  @Test
  void aSlidingWindowIsRefused() {
    assertThatThrownBy(
            () -> read("{\"model_type\":\"mistral\"," + SHAPE + ",\"sliding_window\":4096}"))
        .hasMessageContaining("\"sliding_window\" is 4096, and this decoder can only do null");
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThatThrownBy(() -> read("{\"model_type\":\"llama\"}"))
        .hasMessage("config.json: member \"hidden_size\" is missing.");
  }

  private DecoderConfiguration read(String json) throws Exception {
    Files.writeString(directory.resolve("config.json"), json);
    return ConfigurationFile.read(directory);
  }
}
