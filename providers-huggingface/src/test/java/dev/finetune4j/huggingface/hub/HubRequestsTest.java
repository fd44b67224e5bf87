package dev.finetune4j.huggingface.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our requests beside recorded and constructed ones of the official client. */
final class HubRequestsTest {
  private static final Path FIXTURES = Path.of("../../shared/fixtures/huggingface/hub");
  private static final String LINE =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
          + "{\"role\":\"assistant\",\"content\":\"hello\"}]}\n";

  @TempDir Path folder;

  private final SimulatedHub simulated = SimulatedHub.builder().user("user").start();
  private HuggingFaceHub hub;

  @BeforeEach
  void commit() throws IOException {
    hub =
        HuggingFaceHub.builder()
            .endpoint(simulated.endpoint())
            .token(simulated.token())
            .cache(folder)
            .build();
    HubRepository data = hub.repository(RepositoryId.dataset("user/sql-train"));
    data.create(Visibility.PRIVATE);
    data.commit(HubCommit.of("Old").text("old.jsonl", "{}").text("stale/a.txt", "a"));
    Path train = Files.writeString(folder.resolve("train.jsonl"), LINE.repeat(1000));
    data.commit(
        HubCommit.of("Upload dataset")
            .text("README.md", "# card\n")
            .file("data/train.jsonl", train)
            .delete("old.jsonl")
            .delete("stale/"));
  }

  @AfterEach
  void close() {
    hub.close();
    simulated.close();
  }

  @Test
  void repositoriesAreCreatedAsByTheOfficialClient() throws IOException {
    assertThat(sent("/api/repos/create")).isEqualTo(fixture("create_repo_dataset.request.json"));
  }

  @Test
  void filesAreAnnouncedAsByTheOfficialClient() throws IOException {
    assertThat(sent("/preupload/{rev}")).isEqualTo(fixture("preupload.request.json"));
  }

  @Test
  void largeFilesAreUploadedAsByTheOfficialClient() throws IOException {
    assertThat(sent("/objects/batch")).isEqualTo(fixture("lfs_batch.request.json"));
    assertThat(sent("/objects/verify")).isEqualTo(fixture("lfs_verify.request.json"));
  }

  @Test
  void commitsHaveTheLinesOfTheOfficialClient() throws IOException {
    List<Object> lines = last("/commit/{rev}").requestBody().lines().map(Json::parse).toList();

    List<Object> expected = text("commit.ndjson").lines().map(Json::parse).toList();
    assertThat(lines.subList(1, lines.size())).isEqualTo(expected.subList(1, expected.size()));
    JsonObject header = Json.parseObject(Json.write(lines.get(0))).requireObject("value");
    assertThat(header.asMap().keySet()).containsExactly("summary", "description", "parentCommit");
    assertThat(header.requireString("parentCommit")).matches("[0-9a-f]{40}");
  }

  private @Nullable Object sent(String end) {
    return Json.parse(last(end).requestBody());
  }

  private RecordedExchange last(String end) {
    List<RecordedExchange> found =
        simulated.requests().stream().filter(r -> r.template().endsWith(end)).toList();
    return found.get(found.size() - 1);
  }

  private static @Nullable Object fixture(String name) throws IOException {
    return Json.parse(text(name));
  }

  private static String text(String name) throws IOException {
    assumeTrue(Files.exists(FIXTURES.resolve(name)), "The fixtures are not beside the project.");
    return Files.readString(FIXTURES.resolve(name));
  }
}
