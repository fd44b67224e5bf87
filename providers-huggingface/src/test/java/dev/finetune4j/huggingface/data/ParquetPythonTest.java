package dev.finetune4j.huggingface.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.huggingface.hub.HubPython;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as pyarrow writes them today. */
@Tag("python")
final class ParquetPythonTest {
  @TempDir Path folder;

  @Test
  void filesOfPyarrowAreReadWithAnyCompression() throws Exception {
    String said = HubPython.run(Path.of("src/test/python/parquet_files.py"), folder.toString());

    assertThat(said).contains("written by pyarrow");
    for (String packing : List.of("none", "snappy", "gzip", "zstd")) {
      ParquetFiles<ChatExample> chats =
          ParquetFiles.read(
              folder.resolve("chats-" + packing + ".parquet"), RowMapping.messages("messages"));
      try (Stream<ChatExample> examples = chats.examples()) {
        assertThat(examples.map(ChatExample::answer).toList()).hasSize(40).endsWith("40");
      }
    }
  }
}
