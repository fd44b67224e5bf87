package dev.finetune4j.huggingface.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HubRepositoryTest {
  private static final String COMMIT = "POST /api/datasets/{}/{}/commit/{}";

  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private final SimulatedHub simulated =
      SimulatedHub.builder()
          .time(time)
          .user("acme")
          .largeFileBytes(1000)
          .partBytes(100_000)
          .gated("acme/closed")
          .start();
  private HuggingFaceHub hub;
  private HubRepository data;

  @BeforeEach
  void connect() {
    hub = client(simulated.token());
    data = hub.repository(RepositoryId.dataset("acme/recipes"));
    data.create(Visibility.PRIVATE);
  }

  @AfterEach
  void close() {
    hub.close();
    simulated.close();
  }

  @Test
  void existingPublicRepositoriesAreNotUsedAsPrivate() {
    data.create(Visibility.PRIVATE);
    HubRepository open = hub.repository(RepositoryId.dataset("acme/open"));
    open.create(Visibility.PUBLIC);

    assertThatThrownBy(() -> open.create(Visibility.PRIVATE))
        .isInstanceOf(PermissionException.class)
        .hasMessageContaining("acme/open already exists and is public. Make it private");
  }

  @Test
  void committedFilesCanBeDownloaded() throws IOException {
    Path large = file("train.jsonl", 250_001);

    CommitResult result =
        data.commit(HubCommit.of("May").file("data/train.jsonl", large).text("README.md", "card"));

    assertThat(result.changedFiles()).isEqualTo(2);
    assertThat(result.commit()).isEqualTo(data.commitOf("main"));
    assertThat(data.download(result.commit(), "data/train.jsonl")).hasSameBinaryContentAs(large);
    assertThat(data.download("main", "README.md")).hasContent("card");
  }

  @Test
  void largeFilesAreSentInPartsWithoutTheToken() throws IOException {
    data.commit(HubCommit.of("May").file("train.jsonl", file("train.jsonl", 250_001)));

    HubFile stored = data.files("main", List.of("train.jsonl")).get(0);
    assertThat(simulated.partsOf(stored.sha256().orElseThrow())).hasSize(3);
    assertThat(simulated.storeRequests())
        .hasSize(3)
        .allMatch(request -> request.requestHeader("Authorization").isEmpty());
  }

  @Test
  void unchangedFilesAreNotSentAndMakeNoCommit() throws IOException {
    HubCommit commit =
        HubCommit.of("May").file("a.jsonl", file("a.jsonl", 5000)).text("README.md", "card");
    CommitResult first = data.commit(commit);

    CommitResult second = data.commit(commit);

    assertThat(second).isEqualTo(new CommitResult(first.commit(), 0, 2));
    assertThat(simulated.commits()).isEqualTo(1);
    assertThat(simulated.largeFilesStored()).isEqualTo(1);
  }

  @Test
  void aCommitWhoseResponseWasLostIsMadeOnce() throws IOException {
    simulated.faults().next(COMMIT, Fault.lostAnswer());

    CommitResult result = data.commit(HubCommit.of("May").text("README.md", "card"));

    assertThat(simulated.commits()).isEqualTo(1);
    assertThat(result.commit()).isEqualTo(data.commitOf("main"));
  }

  @Test
  void aCommitMadeDespiteAnErrorIsMadeOnce() {
    simulated.faults().next(COMMIT, Fault.handledButAnswered(error(500, "gateway")));

    data.commit(HubCommit.of("May").text("README.md", "card").file("b.jsonl", file("b", 3000)));

    assertThat(simulated.commits()).isEqualTo(1);
  }

  @Test
  void lockedRepositoriesAreRetried() {
    simulated
        .faults()
        .next(COMMIT, 2, Fault.answer(error(409, "Another commit operation is in progress")));

    data.commit(HubCommit.of("May").text("README.md", "card"));

    assertThat(simulated.commits()).isEqualTo(1);
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void commitsFollowAMovedBranchUnlessTheyNameAParent() {
    String old = data.commitOf("main");
    data.commit(HubCommit.of("May").text("README.md", "card"));
    HubCommit late = HubCommit.of("June").text("b.txt", "b").onlyAfter(old);
    simulated.faults().next(COMMIT, Fault.answer(error(412, "A commit has happened since.")));

    data.commit(HubCommit.of("June").text("a.txt", "a"));
    InvalidRequestException refused =
        catchThrowableOfType(InvalidRequestException.class, () -> data.commit(late));

    assertThat(refused.failure().httpStatus()).hasValue(412);
    assertThat(simulated.commits()).isEqualTo(2);
  }

  @Test
  void expiredUploadUrlsAreRequestedAgain() {
    simulated
        .faults()
        .next("PUT /parts/{}/{}", Fault.answer(SimulatedResponse.json(403, JsonObject.empty())));

    data.commit(HubCommit.of("May").file("train.jsonl", file("train.jsonl", 250_001)));

    assertThat(simulated.largeFilesStored()).isEqualTo(1);
    assertThat(templates()).filteredOn(path -> path.endsWith("/batch")).hasSize(2);
  }

  @Test
  void interruptedDownloadsResume() throws IOException {
    Path large = file("train.jsonl", 250_001);
    data.commit(HubCommit.of("May").file("train.jsonl", large));
    simulated.faults().next("GET /objects/{}", Fault.cutBody(100_000));

    Path fetched = data.download("main", "train.jsonl");

    assertThat(fetched).hasSameBinaryContentAs(large);
    RecordedExchange last = simulated.storeRequests().get(simulated.storeRequests().size() - 1);
    assertThat(last.requestHeader("Range")).hasValue("bytes=100000-");
    assertThat(last.requestHeader("Authorization")).isEmpty();
  }

  @Test
  void theCacheHasTheLayoutOfThePythonClient() throws IOException {
    data.commit(HubCommit.of("May").text("docs/README.md", "card"));
    String commit = data.commitOf("main");
    HubFile file = data.files(commit, List.of("docs/README.md")).get(0);

    Path fetched = data.download("main", "docs/README.md");

    Path repository = folder.resolve("cache/datasets--acme--recipes");
    assertThat(repository.resolve("refs/main")).hasContent(commit);
    assertThat(fetched).isEqualTo(repository.resolve("snapshots/" + commit + "/docs/README.md"));
    assertThat(Files.readSymbolicLink(fetched))
        .isEqualTo(Path.of("../../../blobs", file.contentId()));
    assertThat(repository.resolve("blobs")).isDirectoryNotContaining("glob:**.lock");
  }

  @Test
  void filesWithAWrongHashAreNotKept() {
    data.commit(HubCommit.of("May").text("a.txt", "right"));
    SimulatedResponse wrong = SimulatedResponse.json(200, JsonObject.empty());
    simulated.faults().next("GET /datasets/{}/{}/resolve/{}/{}", Fault.answer(wrong));

    Throwable refused =
        catchThrowableOfType(RuntimeException.class, () -> data.download("main", "a.txt"));

    assertThat(refused).hasMessageContaining("a.txt does not have the announced hash");
    assertThat(data.download("main", "a.txt")).hasContent("right");
  }

  @Test
  void missingAndGatedRepositoriesHaveTheirOwnErrors() {
    HubRepository closed = hub.repository(RepositoryId.dataset("acme/closed"));
    closed.create(Visibility.PUBLIC);
    closed.commit(HubCommit.of("May").text("a.txt", "a"));
    HubRepository absent = hub.repository(RepositoryId.model("acme/none"));

    PermissionException gated =
        catchThrowableOfType(PermissionException.class, () -> closed.download("main", "a.txt"));
    NotFoundException missing =
        catchThrowableOfType(NotFoundException.class, () -> absent.files("main"));
    NotFoundException noFile =
        catchThrowableOfType(NotFoundException.class, () -> data.download("main", "b.txt"));
    NotFoundException noRevision =
        catchThrowableOfType(NotFoundException.class, () -> data.files("v9"));

    assertThat(gated.failure().code()).hasValue("GatedRepo");
    assertThat(missing.failure().code()).hasValue("RepoNotFound");
    assertThat(noFile.failure().code()).hasValue("EntryNotFound");
    assertThat(noRevision.failure().code()).hasValue("RevisionNotFound");
  }

  @Test
  void aPrivateRepositoryLooksAbsentWithoutAToken() {
    try (HuggingFaceHub stranger = client(null);
        HuggingFaceHub impostor = client("hf_wrong")) {

      NotFoundException unseen =
          catchThrowableOfType(
              NotFoundException.class, () -> stranger.repository(data.id()).files("main"));
      AuthenticationException refused =
          catchThrowableOfType(
              AuthenticationException.class, () -> impostor.repository(data.id()).files("main"));

      assertThat(unseen).hasMessageContaining("or it is private and the token has no access");
      assertThat(refused).hasMessageNotContaining("hf_wrong");
    }
  }

  @Test
  void theAccountIsRequestedOnce() {
    hub.account();
    hub.account();

    assertThat(hub.account().name()).isEqualTo("acme");
    assertThat(templates()).filteredOn("/api/whoami-v2"::equals).hasSize(1);
  }

  @Test
  void creatingAndDeletingAreIdempotent() {
    data.create(Visibility.PRIVATE);
    data.delete();
    data.delete();

    assertThat(data.exists()).isFalse();
  }

  @Test
  void longFileListsAreReadCompletely() {
    HubCommit commit = HubCommit.of("Many");
    for (int i = 0; i < 2100; i++) {
      commit.text("f" + i + ".txt", "x");
    }
    data.commit(commit);

    assertThat(data.files("main")).hasSize(2101);
  }

  @Test
  void rateLimitsAreWaitedOut() {
    try (SimulatedHub strict = SimulatedHub.builder().time(time).requestsPerWindow(2).start();
        HuggingFaceHub client =
            HuggingFaceHub.builder()
                .endpoint(strict.endpoint())
                .token(strict.token())
                .time(time)
                .build()) {
      HubRepository model = client.repository(RepositoryId.model("simulated/m"));
      model.create(Visibility.PUBLIC);

      model.commitOf("main");

      assertThat(time.slept()).isBetween(Duration.ofSeconds(290), Duration.ofSeconds(300));
    }
  }

  private HuggingFaceHub client(@Nullable String token) {
    return HuggingFaceHub.builder()
        .endpoint(simulated.endpoint())
        .token(token)
        .cache(folder.resolve("cache"))
        .time(time)
        .build();
  }

  private List<String> templates() {
    return simulated.requests().stream().map(RecordedExchange::template).toList();
  }

  private static SimulatedResponse error(int status, String message) {
    return SimulatedResponse.json(status, JsonObject.empty().put("error", message));
  }

  private Path file(String name, int bytes) {
    try {
      byte[] content = new byte[bytes];
      new Random(bytes).nextBytes(content);
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
