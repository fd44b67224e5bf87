package dev.finetune4j.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.chat.Message;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.providerkit.batch.Batch;
import dev.finetune4j.providerkit.batch.BatchAnswer;
import dev.finetune4j.providerkit.batch.BatchStatus;
import dev.finetune4j.providerkit.batch.ChatBatches;
import dev.finetune4j.simulator.Fault;
import dev.finetune4j.simulator.openai.OpenAiErrors;
import dev.finetune4j.simulator.openai.SimulatedDurations;
import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches that end in each possible way. */
final class OpenAiBatchesTest {
  private static final String BASE = "gpt-4.1-mini-2025-04-14";
  private static final PollingSchedule FOR_TWO_DAYS =
      PollingSchedule.standard().givingUpAfter(Duration.ofDays(2));

  private final FakeClock time = new FakeClock();
  private SimulatedOpenAi service;
  private OpenAiProvider provider;

  @BeforeEach
  void start() {
    open(Duration.ofMinutes(10));
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  @Test
  void answersInAnotherOrderAreMatchedToTheirQuestions() throws Exception {
    ChatBatches batches = provider.batches();

    Map<String, BatchAnswer> answers = batches.ask(BASE, questions(9), FOR_TWO_DAYS);

    assertThat(answers.keySet()).containsExactlyElementsOf(questions(9).keySet());
    answers.forEach(
        (id, answer) ->
            assertThat(((BatchAnswer.Answered) answer).response().text()).isEqualTo("echo " + id));
    assertThat(outputOfTheService().indexOf("q8")).isLessThan(outputOfTheService().indexOf("q0"));
  }

  @Test
  void oneRefusedQuestionDoesNotAffectTheOthers() throws Exception {
    ChatBatches batches = provider.batches();
    Map<String, ChatRequest> questions = questions(3);
    questions.put("hot", question("hot").toBuilder().temperature(9).build());

    Map<String, BatchAnswer> answers = batches.ask(BASE, questions, FOR_TWO_DAYS);

    assertThat(answers.get("hot"))
        .isInstanceOfSatisfying(
            BatchAnswer.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("400");
              assertThat(failed.message()).contains("temperature");
            });
    answers.remove("hot");
    assertThat(answers.values()).hasSize(3).allMatch(BatchAnswer.Answered.class::isInstance);
  }

  @Test
  void anExpiredBatchKeepsItsAnswers() throws Exception {
    ChatBatches batches = taking(Duration.ofDays(2));

    Map<String, BatchAnswer> answers = batches.ask(BASE, questions(8), FOR_TWO_DAYS);

    assertThat(answers.values().stream().filter(BatchAnswer.Answered.class::isInstance)).hasSize(4);
    assertThat(answers.values().stream().filter(BatchAnswer.Failed.class::isInstance))
        .hasSize(4)
        .allMatch(answer -> ((BatchAnswer.Failed) answer).code().equals("batch_expired"));
  }

  @Test
  void aCancelledBatchKeepsItsAnswers() throws Exception {
    ChatBatches batches = taking(Duration.ofHours(2));
    List<Batch> sent = batches.submit(BASE, questions(8));
    time.advance(Duration.ofHours(1));

    Batch cancelling = batches.cancel(sent.get(0).id());
    Map<String, BatchAnswer> answers = batches.await(sent, FOR_TWO_DAYS);

    assertThat(cancelling.status()).isEqualTo(BatchStatus.IN_PROGRESS);
    assertThat(batches.fetch(sent.get(0).id()).status()).isEqualTo(BatchStatus.CANCELLED);
    assertThat(answers).hasSize(4).containsKeys("q0", "q3").doesNotContainKey("q4");
  }

  @Test
  void missingAnswersHaveTheReasonOfTheirBatch() throws Exception {
    ChatBatches batches = taking(Duration.ofHours(2)).withLimits(2, 1_000_000);
    service.faults().next("GET /batches/{}", Fault.changed(batch -> batch.put("status", "failed")));
    time.after(Duration.ofMinutes(30), () -> batches.cancel(Simulations.batchIds(service).get(1)));

    Map<String, BatchAnswer> answers = batches.ask(BASE, questions(6), FOR_TWO_DAYS);

    assertThat(codes(answers))
        .containsExactly("failed", "failed", "answered", "cancelled", "answered", "answered");
    assertThat(String.valueOf(answers.get("q0"))).contains(Simulations.batchIds(service).get(0));
    assertThat(String.valueOf(answers.get("q3"))).contains(Simulations.batchIds(service).get(1));
  }

  @Test
  void questionsAboveTheLimitMakeSeveralBatches() throws Exception {
    ChatBatches batches = provider.batches();
    long line = 300;

    List<Batch> byNumber = batches.withLimits(4, 1_000_000).submit(BASE, questions(9));
    List<Batch> byBytes = batches.withLimits(1_000, line).submit(BASE, questions(3));

    assertThat(byNumber).hasSize(3);
    assertThat(byBytes).hasSize(3);
    assertThat(batches.await(byNumber, FOR_TWO_DAYS)).hasSize(9);
    assertThatThrownBy(() -> batches.withLimits(1_000, 20).submit(BASE, questions(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("q0");
  }

  @Test
  void allBatchesAreCancelledIfOneCannotBeSent() {
    ChatBatches batches = provider.batches().withLimits(2, 1_000_000);
    service.faults().next("POST /batches", Fault.changed(batch -> {}));
    service.faults().next("POST /batches", Fault.answer(OpenAiErrors.status(500)));

    assertThatThrownBy(() -> batches.submit(BASE, questions(4)))
        .isInstanceOf(ProviderUnavailableException.class);

    String only = Simulations.batchIds(service).get(0);
    time.advance(Duration.ofHours(1));
    assertThat(batches.fetch(only).status()).isEqualTo(BatchStatus.CANCELLED);
  }

  @Test
  void anInterruptCancelsTheBatchesThatWereSent() {
    ChatBatches batches = provider.batches().withLimits(2, 1_000_000);
    Thread caller = Thread.currentThread();
    service.faults().next("POST /files", Fault.changed(file -> {}));
    service.faults().next("POST /files", Fault.changed(file -> caller.interrupt()));

    assertThatThrownBy(() -> batches.submit(BASE, questions(4)))
        .isInstanceOf(OperationInterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    String only = Simulations.batchIds(service).get(0);
    time.advance(Duration.ofHours(1));
    assertThat(batches.fetch(only).status()).isEqualTo(BatchStatus.CANCELLED);
  }

  @Test
  void aBatchWhoseResponseWasLostIsFoundByItsFile() throws Exception {
    ChatBatches batches = provider.batches();
    service.faults().next("POST /batches", Fault.lostAnswer());

    Map<String, BatchAnswer> answers = batches.ask(BASE, questions(2), FOR_TWO_DAYS);

    assertThat(codes(answers)).containsExactly("answered", "answered");
    assertThat(Simulations.bodies(service, "/batches")).hasSize(1);
  }

  /** Starts a service whose batches take a given time. */
  private ChatBatches taking(Duration duration) {
    stop();
    open(duration);
    return provider.batches();
  }

  private void open(Duration duration) {
    service =
        SimulatedOpenAi.builder()
            .time(time)
            .durations(SimulatedDurations.standard().withBatch(duration))
            .answering(question -> "echo " + question.prompt())
            .start();
    provider = Simulations.provider(service, time).build();
  }

  private String outputOfTheService() {
    return service.requests().stream()
        .filter(each -> each.template().endsWith("/content"))
        .findFirst()
        .orElseThrow()
        .answerBody();
  }

  private static Map<String, ChatRequest> questions(int number) {
    Map<String, ChatRequest> questions = new LinkedHashMap<>();
    for (int each = 0; each < number; each++) {
      questions.put("q" + each, question("q" + each));
    }
    return questions;
  }

  private static ChatRequest question(String text) {
    return ChatRequest.of(List.of(Message.user(text)));
  }

  private static List<String> codes(Map<String, BatchAnswer> answers) {
    return answers.values().stream()
        .map(each -> each instanceof BatchAnswer.Failed failed ? failed.code() : "answered")
        .toList();
  }
}
