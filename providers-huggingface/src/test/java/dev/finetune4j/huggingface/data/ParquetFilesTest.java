package dev.finetune4j.huggingface.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.format.MalformedExampleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParquetFilesTest {
  private static final MessageType CHATS =
      MessageTypeParser.parseMessageType(
          """
          message schema {
            optional group messages (LIST) {
              repeated group list {
                optional group element {
                  optional binary content (STRING);
                  optional binary role (STRING);
                }
              }
            }
            optional int64 label;
          }""");

  @TempDir Path folder;

  private Path write(String name, CompressionCodecName codec, Group... rows) throws IOException {
    Path file = folder.resolve(name);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType((MessageType) rows[0].getType())
            .withExtraMetaData(
                Map.of(
                    "huggingface",
                    "{\"info\":{\"features\":{\"label\":"
                        + "{\"names\":[\"no\",\"yes\"],\"_type\":\"ClassLabel\"}}}}"))
            .withRowGroupSize(1024L)
            .withCompressionCodec(codec)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private static Group chat(String... turns) {
    Group row = new SimpleGroup(CHATS);
    Group messages = row.addGroup("messages");
    for (int i = 0; i < turns.length; i += 2) {
      Group message = messages.addGroup("list").addGroup("element");
      message.append("role", turns[i]).append("content", turns[i + 1]);
    }
    row.append("label", 1L);
    return row;
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "ZSTD"})
  void listsOfMessagesAreConversations(CompressionCodecName codec) throws IOException {
    Path file =
        write(
            "chats.parquet",
            codec,
            chat("system", "Be short.", "user", "1 + 1?", "assistant", "2"),
            chat("user", "Grüße?", "assistant", "Grüße!"));

    ParquetFiles<ChatExample> chats = ParquetFiles.read(file, RowMapping.messages("messages"));

    assertThat(all(chats))
        .containsExactly(
            ChatExample.of(
                Message.system("Be short."), Message.user("1 + 1?"), Message.assistant("2")),
            ChatExample.of(Message.user("Grüße?"), Message.assistant("Grüße!")));
    assertThat(chats.size()).isEqualTo(2);
    assertThat(chats.name()).isEqualTo("chats.parquet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd"})
  void filesWrittenByPythonAreRead(String packing) {
    Path file = Path.of("src/test/resources/parquet/chats-" + packing + ".parquet");

    List<ChatExample> chats = all(ParquetFiles.read(file, RowMapping.messages("messages")));

    assertThat(chats).hasSize(40);
    assertThat(chats.get(39))
        .isEqualTo(
            ChatExample.of(
                Message.system("Be short."),
                Message.user("How much is 39 + 1? Größe egal."),
                Message.assistant("40")));
  }

  @Test
  void severalFilesAndRowGroupsAreReadInOrderAndOnDemand() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      List<Group> rows = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        rows.add(chat("user", "Question " + i, "assistant", part + "-" + i));
      }
      files.add(write(part + ".parquet", CompressionCodecName.SNAPPY, rows.toArray(Group[]::new)));
    }

    ParquetFiles<ChatExample> chats = ParquetFiles.read(files, RowMapping.messages("messages"));
    List<ChatExample> read = all(chats);
    Files.delete(files.get(1));
    List<ChatExample> some;
    try (Stream<ChatExample> examples = chats.examples()) {
      some = examples.limit(300).toList();
    }

    assertThat(read).hasSize(600);
    assertThat(read.get(599).answer()).isEqualTo("1-299");
    assertThat(some).isEqualTo(read.subList(0, 300));
  }

  @Test
  void everyColumnTypeReadsAsJson() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message schema {
              required int32 day (DATE);
              required int64 at (TIMESTAMP(MILLIS,true));
              required int32 price (DECIMAL(9,2));
              required float share;
              required boolean ok;
              optional binary missing (STRING);
              repeated int32 plain;
              required group tags (LIST) { repeated group list { optional binary element (STRING); } }
              required group counts (MAP) {
                repeated group key_value { required binary key (STRING); optional int64 value; }
              }
              required binary raw;
              required int64 label;
            }""");
    Group row = new SimpleGroup(type);
    row.append("day", 20_000).append("at", 1_700_000_000_000L).append("price", 1_250);
    row.append("share", 0.1f).append("ok", true).append("plain", 7).append("plain", 8);
    Group tags = row.addGroup("tags");
    tags.addGroup("list").append("element", "a");
    tags.addGroup("list");
    row.addGroup("counts").addGroup("key_value").append("key", "x").append("value", 3L);
    row.append("raw", "!").append("label", 1L);
    Path file = write("kinds.parquet", CompressionCodecName.UNCOMPRESSED, row);
    Map<String, Object> seen = new LinkedHashMap<>();

    all(
        ParquetFiles.read(
            file,
            RowMapping.function(
                ChatExample.class,
                values -> {
                  seen.putAll(values);
                  return ChatExample.of();
                })));

    assertThat(seen.toString())
        .isEqualTo(
            "{day=2024-10-04, at=2023-11-14T22:13:20Z, price=12.50, share=0.1, ok=true,"
                + " missing=null, plain=[7, 8], tags=[a, null], counts={x=3}, raw=IQ==,"
                + " label=yes}");
  }

  @Test
  void invalidRowsNameTheirFileAndPosition() throws IOException {
    Path file = write("chats.parquet", CompressionCodecName.SNAPPY, chat("user", "Hi"));

    MalformedExampleException broken =
        catchThrowableOfType(
            MalformedExampleException.class,
            () -> all(ParquetFiles.read(file, RowMapping.messages("conversation"))));

    assertThat(broken)
        .hasMessage(
            "$.conversation: chats.parquet, row 0: Missing column \"conversation\"; the columns"
                + " are [messages, label].");
  }

  @Test
  void invalidFilesAreErrorsThatNameTheFile() throws IOException {
    Path text = Files.writeString(folder.resolve("text.parquet"), "Hello, this is no table.");
    Path broken = write("broken.parquet", CompressionCodecName.SNAPPY, chat("user", "Hi"));
    byte[] bytes = Files.readAllBytes(broken);
    Arrays.fill(bytes, 4, 60, (byte) 0x55);
    Files.write(broken, bytes);
    Path absent = folder.resolve("absent.parquet");

    for (Path file : List.of(text, broken, absent)) {
      DataFileException refused =
          catchThrowableOfType(
              DataFileException.class,
              () -> all(ParquetFiles.read(file, RowMapping.messages("messages"))));
      assertThat(refused).hasMessageStartingWith("Cannot read " + file);
    }
  }

  @Test
  void theErrorForAMissingLibraryNamesTheArtifact() {
    IllegalStateException absent =
        catchThrowableOfType(
            IllegalStateException.class,
            () -> ParquetFiles.requireLibrary(ClassLoader.getPlatformClassLoader()));

    assertThat(absent).hasMessageContaining("blue.strategic.parquet:parquet-floor");
  }

  private static List<ChatExample> all(ParquetFiles<ChatExample> chats) {
    try (Stream<ChatExample> examples = chats.examples()) {
      return examples.toList();
    }
  }
}
