package dev.finetune4j.providerkit.batch;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.internal.json.JsonObject;
import dev.finetune4j.providerkit.Call;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Query;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.chat.ReasoningModels;
import dev.finetune4j.providerkit.file.FileOperations;
import dev.finetune4j.providerkit.file.FileUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The batches of a service that speaks the dialect.
 *
 * <pre>{@code
 * List<Batch> batches = provider.batches().submit("ft:gpt-4.1-mini:acme::x", questionsById);
 * Map<String, BatchAnswer> answers =
 *     provider.batches().await(batches, PollingSchedule.standard().givingUpAfter(Duration.ofHours(25)));
 * }</pre>
 *
 * <p>Keep the ids of the batches to follow them after a restart: {@link #fetch}. Blocking and
 * thread-safe; transport and files belong to the caller.
 */
public final class ChatBatches {
  private static final int MOST_REQUESTS = 50_000;
  private static final long MOST_BYTES = 200_000_000;
  private static final PollingSchedule UNTIL_READ =
      new PollingSchedule(Duration.ofSeconds(1), 2, Duration.ofSeconds(5), Duration.ofMinutes(30));

  private final HttpTransport transport;
  private final FileOperations files;
  private final Time time;
  private final int mostRequests;
  private final long mostBytes;

  /** Makes the batches of one service, with OpenAI's limits: 50,000 questions and 200 MB each. */
  public ChatBatches(HttpTransport transport, FileOperations files, Time time) {
    this(transport, files, time, new long[] {MOST_REQUESTS, MOST_BYTES});
  }

  private ChatBatches(HttpTransport transport, FileOperations files, Time time, long[] limits) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.files = Objects.requireNonNull(files, "files");
    this.time = Objects.requireNonNull(time, "time");
    mostRequests = Math.toIntExact(limits[0]);
    mostBytes = limits[1];
  }

  /** Returns these batches with other limits on one of them; more questions make several. */
  public ChatBatches withLimits(int requests, long bytes) {
    if (requests < 1 || bytes < 1) {
      throw new IllegalArgumentException("A batch holds at least 1 question and 1 byte.");
    }
    return new ChatBatches(transport, files, time, new long[] {requests, bytes});
  }

  /**
   * Sends questions to one model: one batch, or several where they are too many for one. Costs half
   * of what asking one by one does. Each batch is two requests and more. If one of several cannot
   * be sent, those sent before it are cancelled.
   *
   * @param requests the questions by an id of the caller's, which the answers carry
   * @throws IllegalArgumentException if there are none, or one is too large by itself
   * @throws dev.finetune4j.error.ProviderException if the service refuses
   * @throws InterruptedException if the thread is interrupted while the service reads a file
   */
  public List<Batch> submit(String model, Map<String, ChatRequest> requests)
      throws InterruptedException {
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("A batch needs at least one question.");
    }
    return send(model, requests).stream().map(Sent::batch).toList();
  }

  /** A batch and the ids of its questions. */
  private record Sent(Batch batch, List<String> ids) {}

  private List<Sent> send(String model, Map<String, ChatRequest> requests)
      throws InterruptedException {
    ChatCompletionsModel plain = ChatCompletionsModel.of(transport, model);
    ChatCompletionsModel asked = ReasoningModels.includes(model) ? plain.withReasoning() : plain;
    List<Sent> sent = new ArrayList<>();
    try (BatchInput input = new BatchInput(mostRequests, mostBytes)) {
      for (BatchInput.Part part : input.write(asked, requests)) {
        String id = files.upload(FileUpload.of(part.file(), "batch")).id();
        sent.add(new Sent(create(files.awaitProcessed(id, UNTIL_READ).id()), part.ids()));
      }
      return sent;
    } catch (RuntimeException | InterruptedException failure) {
      sent.forEach(each -> cancelAfter(failure, each.batch()));
      throw failure;
    }
  }

  private void cancelAfter(Exception failure, Batch batch) {
    try {
      cancel(batch.id());
    } catch (RuntimeException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  /** Returns a batch as it is now. One request. */
  public Batch fetch(String id) {
    return transport.send(Call.get("batches/{batch}", id)).json(Batch::of);
  }

  /** Asks to end a batch; what is answered by then is kept. One request. */
  public Batch cancel(String id) {
    return transport
        .send(Call.post("batches/{batch}/cancel", id).idempotency(Idempotency.SAFE))
        .json(Batch::of);
  }

  /**
   * Waits until all of {@code batches} have ended and returns what became of each question, by its
   * id; a question that an expired, cancelled or failed batch did not reach is not there. One
   * request for each interval and batch, and one for each file of answers.
   *
   * @throws ProviderUnavailableException if the schedule gives up first; the batches go on
   * @throws InterruptedException if the thread is interrupted; the batches go on
   */
  public Map<String, BatchAnswer> await(List<Batch> batches, PollingSchedule schedule)
      throws InterruptedException {
    Map<String, BatchAnswer> answers = new LinkedHashMap<>();
    for (Batch batch : batches) {
      collect(awaitEnd(batch, schedule), answers);
    }
    return answers;
  }

  /**
   * Sends, waits and returns an answer or a reason for every question, in their order; a question
   * without an answer has the reason of its own batch.
   */
  public Map<String, BatchAnswer> ask(
      String model, Map<String, ChatRequest> requests, PollingSchedule schedule)
      throws InterruptedException {
    Map<String, BatchAnswer> found = new LinkedHashMap<>();
    for (Sent sent : send(model, requests)) {
      Batch ended = awaitEnd(sent.batch(), schedule);
      collect(ended, found);
      BatchAnswer missing = missing(ended);
      sent.ids().forEach(id -> found.putIfAbsent(id, missing));
    }
    Map<String, BatchAnswer> inOrder = new LinkedHashMap<>();
    requests.keySet().forEach(id -> inOrder.put(id, found.get(id)));
    return inOrder;
  }

  private Batch create(String inputFile) {
    JsonObject body =
        JsonObject.empty()
            .put("input_file_id", inputFile)
            .put("endpoint", "/v1/chat/completions")
            .put("completion_window", "24h");
    try {
      return transport.send(Call.post("batches").json(body)).json(Batch::of);
    } catch (ProviderUnavailableException | UnexpectedResponseException open) {
      // The file is this batch's own, so whichever batch names it is the one that was made.
      return find(inputFile).orElseThrow(() -> open);
    }
  }

  private Optional<Batch> find(String inputFile) {
    return transport
        .send(Call.get("batches").query(Query.of("limit", 100)))
        .json(answer -> answer.objects("data").stream().map(Batch::of).toList())
        .stream()
        .filter(batch -> batch.inputFile().equals(inputFile))
        .findFirst();
  }

  private Batch awaitEnd(Batch batch, PollingSchedule schedule) throws InterruptedException {
    Instant giveUp = time.now().plus(schedule.giveUpAfter());
    Duration pause = schedule.first();
    Batch now = batch;
    while (!now.status().isTerminal()) {
      if (!time.now().plus(pause).isBefore(giveUp)) {
        throw new ProviderUnavailableException(
            ProviderFailure.of(
                transport.provider(),
                "Batch "
                    + batch.id()
                    + " has not ended in "
                    + schedule.giveUpAfter()
                    + ". It goes on: wait again."),
            null);
      }
      time.sleep(pause);
      pause = schedule.after(pause);
      now = fetch(batch.id());
    }
    return now;
  }

  private void collect(Batch batch, Map<String, BatchAnswer> answers) {
    BatchOutput output = new BatchOutput(files);
    batch.outputFile().ifPresent(file -> output.read(file, answers));
    batch.errorFile().ifPresent(file -> output.read(file, answers));
  }

  private static BatchAnswer missing(Batch ended) {
    String word = ended.status().name().toLowerCase(Locale.ROOT);
    return new BatchAnswer.Failed(
        word,
        "Batch "
            + ended.id()
            + " ended as "
            + word
            + " without an answer to this question."
            + (ended.problems().isEmpty() ? "" : " " + ended.problems()));
  }
}
