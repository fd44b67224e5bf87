package dev.finetune4j.providerkit.batch;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Polling;
import dev.finetune4j.providerkit.Query;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.chat.ReasoningModels;
import dev.finetune4j.providerkit.file.FileOperations;
import dev.finetune4j.providerkit.file.FileUpload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
  private static final PollingSchedule UNTIL_READ =
      new PollingSchedule(Duration.ofSeconds(1), 2, Duration.ofSeconds(5), Duration.ofMinutes(30));

  private final HttpTransport transport;
  private final FileOperations files;
  private final Time time;
  private final Settings settings;

  /** Makes the batches of one service, with OpenAI's limits: 50,000 questions and 200 MB each. */
  public ChatBatches(HttpTransport transport, FileOperations files, Time time) {
    this(transport, files, time, Settings.OF_OPENAI);
  }

  private ChatBatches(HttpTransport transport, FileOperations files, Time time, Settings settings) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.files = Objects.requireNonNull(files, "files");
    this.time = Objects.requireNonNull(time, "time");
    this.settings = settings;
  }

  /**
   * What differs between services.
   *
   * @param endpoint what the batch and each of its lines name
   * @param shaping gives a model the way in which it wants to be asked
   */
  private record Settings(
      String endpoint,
      UnaryOperator<ChatCompletionsModel> shaping,
      int mostRequests,
      long mostBytes) {
    private static final Settings OF_OPENAI =
        new Settings("/v1/chat/completions", ChatBatches::byItsName, 50_000, 200_000_000);
  }

  /** Returns these batches with other limits on one of them; more questions make several. */
  public ChatBatches withLimits(int requests, long bytes) {
    if (requests < 1 || bytes < 1) {
      throw new IllegalArgumentException("A batch holds at least 1 question and 1 byte.");
    }
    return with(new Settings(settings.endpoint, settings.shaping, requests, bytes));
  }

  /** Returns these batches for a service that calls the endpoint of chats otherwise. */
  public ChatBatches withEndpoint(String endpoint) {
    return with(
        new Settings(endpoint, settings.shaping, settings.mostRequests, settings.mostBytes));
  }

  /**
   * Returns these batches with models that are asked in another way, where a model's name does not
   * say how: by their names if not set.
   */
  public ChatBatches withShape(UnaryOperator<ChatCompletionsModel> shaping) {
    return with(
        new Settings(settings.endpoint, shaping, settings.mostRequests, settings.mostBytes));
  }

  private ChatBatches with(Settings other) {
    return new ChatBatches(transport, files, time, other);
  }

  private static ChatCompletionsModel byItsName(ChatCompletionsModel model) {
    return ReasoningModels.includes(model.model()) ? model.withReasoning() : model;
  }

  /**
   * Sends questions to one model: one batch, or several where they are too many for one. Costs half
   * of what asking one by one does. Each batch is two requests and more. If one of several cannot
   * be sent, those sent before it are cancelled.
   *
   * @param model the model's name, or where the service asks deployments the deployment's
   * @param requests the questions by an id of the caller's, which the answers carry
   * @throws IllegalArgumentException if there are no questions, or one is too large
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
    ChatCompletionsModel asked = settings.shaping.apply(ChatCompletionsModel.of(transport, model));
    List<Sent> sent = new ArrayList<>();
    try (BatchInput input =
        new BatchInput(settings.endpoint, settings.mostRequests, settings.mostBytes)) {
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

  /** Fetches a batch. One request. */
  public Batch fetch(String id) {
    return transport.send(ApiRequest.get("batches/{batch}", id)).json(Batch::of);
  }

  /** Asks to end a batch; what is answered by then is kept. One request. */
  public Batch cancel(String id) {
    return transport
        .send(ApiRequest.post("batches/{batch}/cancel", id).idempotency(Idempotency.SAFE))
        .json(Batch::of);
  }

  /**
   * Waits until all of {@code batches} have ended and returns what became of each question, by its
   * id; a question that an expired, cancelled or failed batch did not reach is not there. One
   * request for each interval and batch, and one for each file of answers.
   *
   * @throws ProviderUnavailableException if the schedule ends first; the batches continue
   * @throws InterruptedException if the thread is interrupted; the batches continue
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
            .put("endpoint", settings.endpoint)
            .put("completion_window", "24h");
    try {
      return transport.send(ApiRequest.post("batches").json(body)).json(Batch::of);
    } catch (ProviderUnavailableException | UnexpectedResponseException open) {
      // Only this batch uses the file, so a batch that names it is this one.
      return find(inputFile).orElseThrow(() -> open);
    }
  }

  private Optional<Batch> find(String inputFile) {
    return transport
        .send(ApiRequest.get("batches").query(Query.of("limit", 100)))
        .json(answer -> answer.objects("data").stream().map(Batch::of).toList())
        .stream()
        .filter(batch -> batch.inputFile().equals(inputFile))
        .findFirst();
  }

  private Batch awaitEnd(Batch batch, PollingSchedule schedule) throws InterruptedException {
    return Polling.of(schedule, time)
        .until(
            batch,
            () -> fetch(batch.id()),
            seen -> seen.status().isTerminal(),
            seen -> new ProviderUnavailableException(late(batch, schedule), null));
  }

  private ProviderFailure late(Batch batch, PollingSchedule schedule) {
    return ProviderFailure.of(
        transport.provider(),
        "Batch "
            + batch.id()
            + " has not ended in "
            + schedule.giveUpAfter()
            + ". It continues; wait again.");
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
