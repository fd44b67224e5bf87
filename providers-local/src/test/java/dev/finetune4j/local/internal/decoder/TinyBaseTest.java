package dev.finetune4j.local.internal.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.local.internal.tokenizer.ChatFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TinyBaseTest {
  @TempDir Path directory;

  @Test
  void theShippedBaseLoadsAndReadsItsOwnFormat() throws Exception {
    try (BaseModel base = BaseModel.load(TinyBase.unpack(directory))) {
      assertThat(base.weights().parameterCount()).isEqualTo(869_504);
      assertThat(base.template().format()).isEqualTo(ChatFormat.TINY);
      assertThat(base.tokenizer().decode(base.tokenizer().encode("2 1/2 c. crème fraîche")))
          .isEqualTo("2 1/2 c. crème fraîche");
    }
  }

  @Test
  void aFileThatIsThereStays() throws Exception {
    Files.writeString(directory.resolve("base.json"), "mine");

    TinyBase.unpack(directory);

    assertThat(directory.resolve("base.json")).hasContent("mine");
    assertThat(directory.resolve("model.safetensors")).exists();
  }
}
