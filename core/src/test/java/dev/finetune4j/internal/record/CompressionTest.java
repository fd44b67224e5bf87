package dev.finetune4j.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CompressionTest {

  @Test
  void contentThatIsFarLargerThanItsFileEndsWithAFault() throws IOException {
    try (var in =
        new Compression.Expanding(new ByteArrayInputStream(new byte[3000]), 10, 1000, 200)) {
      assertThat(in.readNBytes(1500)).hasSize(1500);
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(FileFault.class)
          .hasMessage("The content is more than 0 MiB, far larger than the file.");
    }
    try (var in =
        new Compression.Expanding(new ByteArrayInputStream(new byte[3000]), 10, 3000, 200)) {
      assertThat(in.readAllBytes()).hasSize(3000);
    }
  }

  @Test
  void aLineHoldsTenImagesOfTenMebibytes() {
    long base64 = 10 * ((10L << 20) + 2) / 3 * 4;

    assertThat(LineBlocks.MAXIMUM_LINE_BYTES).isGreaterThan((int) base64 + (16 << 20));
  }
}
