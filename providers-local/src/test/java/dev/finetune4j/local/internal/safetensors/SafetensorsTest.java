package dev.finetune4j.local.internal.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.StoredTensor;
import dev.finetune4j.local.internal.tensor.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16", "BF16"})
  void whatIsWrittenIsReadBack(String elementType) throws Exception {
    float[] numbers = {1, -2.5f, 0, 0.5f, 1024, -0.125f};
    Path file = directory.resolve("a.safetensors");

    Scope.run(
        () -> write(file, new StoredTensor("a", Tensors.ofFloats(numbers, 2, 3), elementType)));
    SafetensorsFile read = SafetensorsFile.open(file);
    ByteBuffer bytes = read.bytes("a");

    assertThat(read.entries().values())
        .extracting(TensorEntry::shape)
        .containsExactly(List.of(2L, 3L));
    assertThat(Scope.get(() -> Tensors.floats(Tensors.ofStored(bytes, elementType, 2, 3))))
        .isEqualTo(numbers);
  }

  @Test
  void numbersBeginAtAMultipleOfEightAndTheFormatIsNamed() throws Exception {
    Path file = directory.resolve("a.safetensors");

    Scope.run(
        () -> write(file, new StoredTensor("a name", Tensors.ofFloats(new float[1], 1), "F32")));

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    long header = bytes.getLong();
    assertThat(header % 8).isZero();
    assertThat(new String(bytes.array(), 8, (int) header, StandardCharsets.UTF_8))
        .startsWith("{\"__metadata__\":{\"format\":\"pt\"}");
  }

  @Test
  void aCutFileIsRefused() throws Exception {
    Path file = directory.resolve("a.safetensors");
    Scope.run(() -> write(file, new StoredTensor("a", Tensors.ofFloats(new float[8], 8), "F32")));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 4));

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .hasMessageContaining("should hold 32 bytes of tensors and holds 28: is it cut?");
  }

  @Test
  void aFileThatIsSomethingElseIsRefused() throws Exception {
    Path file =
        Files.writeString(directory.resolve("a.safetensors"), "this is a poem, not a tensor");

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .hasMessageContaining("is not a safetensors file");
  }

  @Test
  void aFolderWithoutWeightsSaysWhatToDo() {
    assertThatThrownBy(() -> WeightFolder.open(directory))
        .hasMessageContaining("has no model.safetensors")
        .hasMessageContaining("convert them with transformers' save_pretrained");
  }

  private static void write(Path file, StoredTensor tensor) {
    try {
      SafetensorsWriter.write(file, List.of(tensor));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
