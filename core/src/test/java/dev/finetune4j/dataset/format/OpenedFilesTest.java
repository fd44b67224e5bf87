package dev.finetune4j.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PromptExample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables written in many ways, and files that are recognized by looking. */
final class OpenedFilesTest {
  private static final String ALPACA = "{\"instruction\":\"Add\",\"input\":\"\",\"output\":\"2\"}";
  private static final ColumnMapping MAPPING = ColumnMapping.of("{{q}}", "{{a}}");

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static <E extends Example> List<E> all(Dataset<E> dataset) {
    try (Stream<E> examples = dataset.examples()) {
      return examples.toList();
    }
  }

  private static ChatExample chat(String question, String answer) {
    return ChatExample.of(Message.user(question), Message.assistant(answer));
  }

  @Test
  void tablesAreReadWithTheirDelimiterQuoteCharsetAndHeader() throws IOException {
    Charset windows = Charset.forName("windows-1252");
    Path german = folder.resolve("german.csv");
    Files.write(german, "q;a\r\n'Grüße; gehört''s?';\"Ja\r\n".getBytes(windows));
    Path tabs = write("tabs.tsv", "q\ta\nOne, two\t\"a\tb\"\n");
    Path raw = write("raw.tsv", "5\" disk\tfloppy\n");
    Path utf16 = folder.resolve("utf16.csv");
    Files.write(utf16, "q,a\r\nHé,😀\r\n".getBytes(StandardCharsets.UTF_16));

    assertThat(
            all(
                CsvFile.read(
                    german,
                    TableFormat.CSV.withDelimiter(';').withQuote('\'').withCharset(windows),
                    MAPPING)))
        .containsExactly(chat("Grüße; gehört's?", "\"Ja"));
    assertThat(all(CsvFile.read(tabs, TableFormat.TSV, MAPPING)))
        .containsExactly(chat("One, two", "a\tb"));
    assertThat(
            all(CsvFile.read(raw, TableFormat.TSV.withoutQuotes().withHeader("q", "a"), MAPPING)))
        .containsExactly(chat("5\" disk", "floppy"));
    assertThat(
            all(CsvFile.read(utf16, TableFormat.CSV.withCharset(StandardCharsets.UTF_16), MAPPING)))
        .containsExactly(chat("Hé", "😀"));
  }

  @Test
  void tablesAreWrittenTheSameWay() {
    TableFormat format =
        TableFormat.CSV
            .withDelimiter(';')
            .withQuote('\'')
            .withCharset(StandardCharsets.ISO_8859_1)
            .withHeader("q", "a");
    Dataset<ChatExample> dataset =
        Dataset.of("d", List.of(chat("é; 'x'\n", "a,b"), chat("", "\t\"")));
    Path file = folder.resolve("t.csv");

    CsvFile.write(dataset, file, format, MAPPING);

    assertThat(all(CsvFile.read(file, format, MAPPING))).isEqualTo(all(dataset));
    assertThatThrownBy(
            () -> CsvFile.write(Dataset.of("d", List.of(chat("😀", "a"))), file, format, MAPPING))
        .isInstanceOf(DataFileException.class);
    assertThatThrownBy(() -> CsvFile.write(dataset, file, TableFormat.TSV.withoutQuotes(), MAPPING))
        .hasMessage("A table without quotes cannot hold every text; use a quote to write.");
  }

  @Test
  void formatsOfTablesAreChecked() {
    assertThatThrownBy(() -> TableFormat.CSV.withDelimiter('"'))
        .hasMessageStartingWith("The delimiter must not be a line break or the quote");
    assertThatThrownBy(() -> TableFormat.CSV.withHeader())
        .hasMessage("The header names no column; name at least one.");
  }

  @Test
  void filesAreRecognizedByTheirContent() throws IOException {
    Path packed = folder.resolve("a.bin");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(("[" + ALPACA + ",\n" + ALPACA + "]").getBytes(StandardCharsets.UTF_8));
    }
    Path lines = write("lines", "\uFEFF" + ALPACA.replace("Add", "Sum") + "\n\n" + ALPACA + "\n");
    Path table = write("t.txt", "instruction\toutput\nAdd, please\t2\n");

    assertThat(Datasets.open(packed))
        .hasToString(
            "a.bin: JSON array, gzip, alpaca (certain): 2 of 2 records fit without a finding.");
    assertThat(all(Datasets.open(packed).dataset(ChatExample.class)))
        .containsExactly(chat("Add", "2"), chat("Add", "2"));
    assertThat(Datasets.open(lines).kind()).contains(FileKind.JSON_LINES);
    assertThat(all(Datasets.open(lines).dataset())).hasSize(2);
    assertThat(Datasets.open(table))
        .hasToString(
            "t.txt: TSV, alpaca (certain): columns [instruction, output]; 1 of 1 record fits"
                + " without a finding.");
    assertThat(all(Datasets.open(table).dataset(ChatExample.class)))
        .containsExactly(chat("Add, please", "2"));
  }

  @Test
  void everyFormatIsRecognized() throws IOException {
    String messages =
        "[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Yo\"}]";
    String turns = "[{\"from\":\"human\",\"value\":\"Hi\"}";
    String gpt = "{\"from\":\"gpt\",\"value\":\"%s\"}";
    for (List<String> each :
        List.of(
            List.of("openai-chat", "{\"messages\":" + messages + "}"),
            List.of("unpaired-preference", "{\"messages\":" + messages + ",\"label\":true}"),
            List.of("prompt-completion", "{\"prompt\":\"Hi\",\"completion\":\"Yo\"}"),
            List.of("chosen-rejected", "{\"prompt\":\"Hi\",\"chosen\":\"a\",\"rejected\":\"b\"}"),
            List.of("alpaca", ALPACA),
            List.of(
                "alpaca-preference", "{\"instruction\":\"H\",\"chosen\":\"a\",\"rejected\":\"b\"}"),
            List.of("sharegpt", "{\"conversations\":" + turns + "," + gpt.formatted("Yo") + "]}"),
            List.of(
                "sharegpt-preference",
                "{\"conversations\":"
                    + turns
                    + "],\"chosen\":"
                    + gpt.formatted("a")
                    + ",\"rejected\":"
                    + gpt.formatted("b")
                    + "}"),
            List.of("prompt-only", "{\"prompt\":\"2+2?\",\"answer\":\"4\"}"),
            List.of(
                "openai-reinforcement",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"2+2?\"}],\"answer\":\"4\"}"),
            List.of(
                "openai-preference",
                "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]},"
                    + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"a\"}],"
                    + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"b\"}]}"))) {
      DetectedFile found = Datasets.open(write("x.jsonl", each.get(1) + "\n"));

      assertThat(found.codec().map(ExampleCodec::name)).contains(each.get(0));
      assertThat(found.certainty()).isEqualTo(DetectedFile.Certainty.CERTAIN);
    }
  }

  @Test
  void aGuessSaysWhatItIsNotSureOf() throws IOException {
    DetectedFile other =
        Datasets.open(write("a.jsonl", ALPACA.replace("}", ",\"mood\":1}") + "\n" + ALPACA));
    DetectedFile broken = Datasets.open(write("b.jsonl", ALPACA + "\n{\"instruction\":\n"));

    assertThat(other)
        .hasToString(
            "a.jsonl: JSON lines, alpaca (likely): 1 of 2 records fits without a finding; for"
                + " example unknown-key at $.mood.");
    assertThat(broken.certainty()).isEqualTo(DetectedFile.Certainty.LIKELY);
    assertThat(broken.explanation()).contains("b.jsonl, line 2");
    assertThatThrownBy(() -> other.dataset(PromptExample.class))
        .hasMessage("a.jsonl has the format alpaca, which holds ChatExample, not PromptExample.");
  }

  @Test
  void unknownFilesAreRefusedWithWhatToDo() throws IOException {
    for (List<String> each :
        List.of(
            List.of("", "The file is empty."),
            List.of("PK\u0003\u0004", "It is a ZIP archive, or an Excel file."),
            List.of("PAR1abc", "It is a Parquet file."),
            List.of("{\n \"data\": []\n}\n", "It is one JSON object over several lines"),
            List.of("Just a sentence.\n", "It is neither JSON nor a table."),
            List.of("{\"text\":\"a\"}\n", "Plain texts for language modeling are not read"),
            List.of("question,answer\nHi,Yo\n", "Name the members with ExampleCodecs.renamed"),
            List.of("[]", "There are no records."))) {
      DetectedFile found = Datasets.open(write("x", each.get(0)));

      assertThat(found.certainty()).isEqualTo(DetectedFile.Certainty.UNKNOWN);
      assertThat(found.explanation()).contains(each.get(1));
      assertThatThrownBy(found::dataset)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("x: ");
    }
  }
}
