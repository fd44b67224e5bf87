package dev.finetune4j.huggingface.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.format.ColumnMapping;
import dev.finetune4j.dataset.format.MalformedExampleException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.huggingface.SimulatedHubBuilder;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetViewerTest {
  private static final String DATASET = "lab/questions";
  private static final HubSplit TRAIN = HubSplit.of(DATASET, "train");
  private static final RowMapping<ChatExample> PAIRS =
      RowMapping.promptCompletion("question", "answer");

  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private SimulatedHub simulated;
  private HuggingFaceHub hub;
  private DatasetViewer viewer;

  @BeforeEach
  void open() {
    simulated = SimulatedHub.builder().time(time).start();
    hub = client();
    viewer = DatasetViewer.at(hub, simulated.datasetsServer());
  }

  private void reopen(SimulatedHubBuilder settings) {
    stop();
    simulated = settings.time(time).start();
    hub = client();
    viewer = DatasetViewer.at(hub, simulated.datasetsServer());
  }

  private HuggingFaceHub client() {
    return HuggingFaceHub.builder()
        .endpoint(simulated.endpoint())
        .token(simulated.token())
        .cache(folder)
        .time(time)
        .build();
  }

  @AfterEach
  void stop() {
    viewer.close();
    hub.close();
    simulated.close();
  }

  private void publish(int count) {
    simulated.publishRows(
        DATASET,
        "default",
        "train",
        IntStream.range(0, count)
            .mapToObj(i -> "{\"question\":\"Q" + i + "\",\"answer\":\"A" + i + "\",\"note\":\"n\"}")
            .toList());
  }

  private static List<String> answers(Dataset<ChatExample> rows) {
    try (var examples = rows.examples()) {
      return examples.map(ChatExample::answer).toList();
    }
  }

  @Test
  void rowsAreReadPageByPageOnDemand() {
    publish(250);
    HubRows<ChatExample> rows = viewer.rows(TRAIN, PAIRS);

    String last = answers(rows).get(249);
    long pages = pages();
    List<String> firstTwo;
    try (var examples = rows.examples()) {
      firstTwo = examples.limit(2).map(ChatExample::answer).toList();
    }

    assertThat(last).isEqualTo("A249");
    assertThat(pages).isEqualTo(3);
    assertThat(firstTwo).containsExactly("A0", "A1");
    assertThat(pages()).isEqualTo(4);
    assertThat(rows.size()).isEqualTo(250);
    assertThat(rows.name()).isEqualTo("lab/questions/default/train");
  }

  @Test
  void splitsSizeAndColumnsComeFromTheServer() {
    publish(3);
    simulated.publishRows(
        DATASET, "hard", "test", List.of("{\"question\":\"Q\",\"answer\":\"A\"}"));

    List<HubSplit> splits = viewer.splits(DATASET);

    assertThat(splits).containsExactly(TRAIN, new HubSplit(DATASET, "hard", "test"));
    assertThat(viewer.size(TRAIN)).isEqualTo(3);
    assertThat(viewer.columns(TRAIN).keySet()).containsExactly("question", "answer", "note");
  }

  @Test
  void theFingerprintEqualsThatOfACopyAndIsComputedOnce() {
    publish(120);
    HubRows<ChatExample> rows = viewer.rows(TRAIN, PAIRS);

    Fingerprint fingerprint = rows.fingerprint();
    long before = pages();

    List<ChatExample> copy;
    try (var examples = rows.examples()) {
      copy = examples.toList();
    }
    assertThat(before).isEqualTo(2);
    assertThat(rows.fingerprint())
        .isEqualTo(fingerprint)
        .isEqualTo(Dataset.of("copy", ChatExample.class, copy).fingerprint());
  }

  @Test
  void readingFailsIfTheDataSetChanges() {
    publish(150);
    HubRows<ChatExample> rows = viewer.rows(TRAIN, PAIRS);
    publish(151);

    InvalidRequestException moved =
        catchThrowableOfType(InvalidRequestException.class, () -> answers(rows));

    assertThat(moved)
        .hasMessageContaining("was read at commit " + rows.commit())
        .hasMessageContaining("Call rows() again");
    assertThat(answers(viewer.rows(TRAIN, PAIRS))).hasSize(151);
  }

  @Test
  void responsesThatAreNotReadyAreRetried() {
    reopen(SimulatedHub.builder().preparing(Duration.ofMinutes(2)));
    publish(2);

    List<String> answers = answers(viewer.rows(TRAIN, PAIRS));

    assertThat(answers).containsExactly("A0", "A1");
    assertThat(time.slept()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
  }

  @Test
  void retriesEndWithAnError() {
    reopen(SimulatedHub.builder().preparing(Duration.ofDays(1)));
    publish(2);
    HubRows<ChatExample> rows = viewer.rows(TRAIN, PAIRS);

    ProviderUnavailableException late =
        catchThrowableOfType(ProviderUnavailableException.class, () -> answers(rows));

    assertThat(late.failure().code()).contains("ResponseNotReady");
    assertThat(time.slept()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(5));
  }

  @Test
  void truncatedValuesAreNeverUsed() {
    reopen(SimulatedHub.builder().longestCell(10));
    simulated.publishRows(
        DATASET,
        "default",
        "train",
        List.of(
            "{\"question\":\"Q0\",\"answer\":\"A0\",\"note\":\"long enough to be cut\"}",
            "{\"question\":\"Q1\",\"answer\":\"longer than ten\",\"note\":\"n\"}",
            "{\"question\":\"Q2\",\"answer\":\"A2\",\"note\":\"n\"}"));
    HubRows<ChatExample> rows = viewer.rows(TRAIN, PAIRS);

    InvalidRequestException cut =
        catchThrowableOfType(InvalidRequestException.class, () -> answers(rows));
    HubRows<ChatExample> whole = rows.leavingOutTruncated();

    assertThat(cut).hasMessageContaining("Row 1 of lab/questions/default/train is truncated in");
    assertThat(cut).hasMessageContaining("answer. Read the Parquet files (downloadParquet)");
    assertThat(answers(whole)).containsExactly("A0", "A2");
    assertThat(whole.size()).isEqualTo(2);
  }

  @Test
  void columnsCanBeMappedToEachKindOfExample() {
    simulated.publishRows(
        DATASET,
        "default",
        "train",
        List.of(
            """
            {"chat":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}],
             "question":"Who?","context":"Ada wrote it.","answer":"Ada","worse":"Bob"}"""));

    ChatExample chat = only(viewer.rows(TRAIN, RowMapping.messages("chat")));
    ChatExample filled =
        only(
            viewer.rows(
                TRAIN,
                RowMapping.template(ColumnMapping.of("{{context}}\n{{question}}", "{{answer}}"))));
    PreferenceExample pair =
        only(viewer.rows(TRAIN, RowMapping.preference("question", "answer", "worse")));
    ChatExample own =
        only(
            viewer.rows(
                TRAIN,
                RowMapping.function(ChatExample.class, row -> PAIRS.example(row, "the only row"))));

    assertThat(chat.answer()).isEqualTo("Hello");
    assertThat(filled.prompt().get(0).text()).isEqualTo("Ada wrote it.\nWho?");
    assertThat(pair.rejected().text()).isEqualTo("Bob");
    assertThat(own.answer()).isEqualTo("Ada");
  }

  private static <E extends Example> E only(Dataset<E> rows) {
    try (var examples = rows.examples()) {
      return examples.findFirst().orElseThrow();
    }
  }

  @Test
  void invalidRowsAreNamed() {
    publish(1);

    MalformedExampleException broken =
        catchThrowableOfType(
            MalformedExampleException.class,
            () -> only(viewer.rows(TRAIN, RowMapping.messages("messages"))));

    assertThat(broken)
        .hasMessage(
            "$.messages: Row 0 of lab/questions/default/train: Missing column \"messages\";"
                + " the columns are [question, answer, note].");
  }

  @Test
  void classNumbersAreReplacedByNames() {
    ClassLabels labels =
        ClassLabels.ofParquet(
            """
            {"info":{"features":{"text":{"dtype":"string","_type":"Value"},
             "label":{"names":["neg","pos"],"_type":"ClassLabel"}}}}""");

    assertThat(labels.named(Map.of("label", 1L))).isEqualTo(Map.of("label", "pos"));
    assertThat(labels.named(Map.of("label", -1L))).isEqualTo(Map.of("label", -1L));
  }

  @Test
  void unknownAndBlockedDataSetsHaveTheirOwnErrors() {
    publish(1);
    simulated
        .faults()
        .next(
            "GET /datasets-server/splits",
            Fault.answer(
                SimulatedResponse.json(501, JsonObject.empty().put("error", "No."))
                    .withHeader("X-Error-Code", "DatasetInBlockListError")));

    InvalidRequestException blocked =
        catchThrowableOfType(InvalidRequestException.class, () -> viewer.splits(DATASET));
    NotFoundException absent =
        catchThrowableOfType(NotFoundException.class, () -> viewer.splits("lab/none"));

    assertThat(blocked).hasMessageContaining("Download the files of the repository instead.");
    assertThat(absent).hasMessageContaining("served to paying accounts only");
    assertThat(time.slept()).isZero();
  }

  @Test
  void rateLimitsAreWaitedOut() {
    reopen(SimulatedHub.builder().requestsPerWindow(4));
    publish(350);

    List<String> answers = answers(viewer.rows(TRAIN, PAIRS));

    assertThat(answers).hasSize(350);
    assertThat(time.slept()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
  }

  @Test
  void parquetFilesAreDownloadedAtOneCommit() throws IOException {
    publish(1);
    for (String name : List.of("0000", "0001")) {
      simulated.putFile(
          "datasets/" + DATASET,
          "refs/convert/parquet",
          "default/train/" + name + ".parquet",
          name.getBytes(StandardCharsets.UTF_8));
    }

    List<Path> files = viewer.downloadParquet(TRAIN);

    assertThat(files)
        .extracting(Path::getFileName)
        .extracting(Path::toString)
        .containsExactly("0000.parquet", "0001.parquet");
    assertThat(files.get(1)).hasContent("0001");
    assertThat(viewer.parquet(TRAIN)).extracting(ParquetLink::bytes).containsExactly(4L, 4L);
  }

  @Test
  void splitsWithoutParquetFilesAreReported() {
    publish(1);

    assertThat(
            catchThrowableOfType(
                InvalidRequestException.class, () -> viewer.downloadParquet(TRAIN)))
        .hasMessageContaining("has no data for lab/questions/default/train");
  }

  private long pages() {
    return simulated.requests().stream()
        .filter(exchange -> exchange.path().equals("/datasets-server/rows"))
        .count();
  }
}
