package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.ListPage;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Batches of chat requests or embeddings (reference: "Batches"). */
final class BatchRoutes {
  private final State state;
  private final Map<String, BatchRun.Answering> endpoints;

  /** Makes OpenAI's. */
  BatchRoutes(State state, ChatService chat) {
    this(
        state,
        Map.of("/v1/chat/completions", chat::complete, "/v1/embeddings", EmbeddingRoutes::answer));
  }

  /** Makes those of a service with endpoints of its own. */
  BatchRoutes(State state, Map<String, BatchRun.Answering> endpoints) {
    this.state = state;
    this.endpoints = endpoints;
  }

  void addTo(Routes routes) {
    routes
        .add("POST", "/batches", this::create)
        .add("GET", "/batches", this::list)
        .add("GET", "/batches/{batch_id}", this::fetch)
        .add("POST", "/batches/{batch_id}/cancel", this::cancel);
  }

  private SimulatedResponse create(SimulatedRequest request) throws ErrorResponseException {
    JsonObject body = request.json();
    String endpoint = body.findString("endpoint").orElse("");
    BatchRun.Answering answering = endpoints.get(endpoint);
    if (answering == null) {
      throw OpenAiErrors.invalid(
          "endpoint",
          null,
          "The simulator runs batches for " + endpoints.keySet().stream().sorted().toList());
    }
    if (!body.findString("completion_window").orElse("").equals("24h")) {
      throw OpenAiErrors.invalid("completion_window", null, "The completion_window is '24h'.");
    }
    if (body.findObject("metadata").isPresent()) {
      MetadataCheck.check(body.requireObject("metadata").asMap());
    }
    String id = body.findString("input_file_id").orElse("");
    synchronized (state) {
      Instant now = state.advance();
      SimulatedFile input = state.files.get(id);
      if (input == null || !input.purpose().equals("batch")) {
        throw OpenAiErrors.invalid("input_file_id", null, "Invalid input_file_id: " + id);
      }
      SimulatedBatch.Wanted wanted =
          new SimulatedBatch.Wanted(endpoint, input, body.asMap().get("metadata"));
      SimulatedBatch batch = new SimulatedBatch(state, wanted, answering, now);
      state.batches.put(batch.id, batch);
      return SimulatedResponse.json(state.settings.dialect.jobCreatedStatus(), batch.toJson());
    }
  }

  private SimulatedResponse list(SimulatedRequest request) throws ErrorResponseException {
    int limit = Lists.limit(request, 20, 100);
    synchronized (state) {
      state.advance();
      List<SimulatedBatch> newest = ListPage.reversed(List.copyOf(state.batches.values()));
      String after = request.query("after").orElse("");
      ListPage<SimulatedBatch> page = ListPage.of(newest, batch -> batch.id, after, limit);
      return Lists.withEnds(page, batch -> batch.id, SimulatedBatch::toJson);
    }
  }

  private SimulatedResponse fetch(SimulatedRequest request) throws ErrorResponseException {
    synchronized (state) {
      state.advance();
      return SimulatedResponse.json(found(request).toJson());
    }
  }

  private SimulatedResponse cancel(SimulatedRequest request) throws ErrorResponseException {
    synchronized (state) {
      Instant now = state.advance();
      SimulatedBatch batch = found(request);
      batch.cancel(now);
      return SimulatedResponse.json(batch.toJson());
    }
  }

  private SimulatedBatch found(SimulatedRequest request) throws ErrorResponseException {
    String id = request.variable("batch_id");
    SimulatedBatch batch = state.batches.get(id);
    if (batch == null) {
      throw OpenAiErrors.notFound("batch_id", null, "No batch found with id '" + id + "'.");
    }
    return batch;
  }
}
