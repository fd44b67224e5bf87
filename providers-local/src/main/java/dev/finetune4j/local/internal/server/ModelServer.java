package dev.finetune4j.local.internal.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.local.internal.generation.GenerationResult;
import dev.finetune4j.local.internal.generation.TextGenerator;
import dev.finetune4j.providerkit.process.ChildLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers HTTP on loopback: {@code /health}, {@code /v1/models}, {@code /v1/chat/completions}, and
 * vLLM's two paths to load and unload an adapter. All but the first ask for the bearer token.
 */
final class ModelServer {
  private static final int BACKLOG = 256;

  private final TextGenerator generator;
  private final ServedModels models;
  private final byte[] authorization;
  private final AtomicLong answers = new AtomicLong();

  private ModelServer(TextGenerator generator, ServedModels models, String token) {
    this.generator = generator;
    this.models = models;
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /** Starts listening on a port that the system chooses, and returns it. */
  static int start(TextGenerator generator, ServedModels models, String token) throws IOException {
    ModelServer server = new ModelServer(generator, models, token);
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    // Each caller waits in a thread of its own while the generator answers many at once.
    http.setExecutor(Executors.newCachedThreadPool());
    http.createContext(
        "/",
        e ->
            server.open(
                e,
                x -> {
                  throw new Refusal(404, "unknown_path", "There is no " + x.getRequestURI() + ".");
                }));
    http.createContext("/health", e -> server.open(e, x -> send(x, 200, JsonObject.empty())));
    http.createContext(
        "/v1/models", e -> server.guarded(e, x -> send(x, 200, Answers.models(models.names()))));
    http.createContext("/v1/chat/completions", e -> server.guarded(e, server::complete));
    http.createContext("/v1/load_lora_adapter", e -> server.guarded(e, server::load));
    http.createContext("/v1/unload_lora_adapter", e -> server.guarded(e, server::unload));
    http.start();
    return http.getAddress().getPort();
  }

  private void guarded(HttpExchange exchange, Handler handler) throws IOException {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    boolean known =
        given != null
            && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization);
    open(
        exchange,
        known
            ? handler
            : x -> {
              throw new Refusal(401, "invalid_api_key", "The bearer token is missing or wrong.");
            });
  }

  private void open(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      try {
        handler.handle(exchange);
      } catch (Refusal e) {
        send(exchange, e.status(), Answers.error(e.status(), e.code(), e.text()));
      } catch (JsonSyntaxException | IllegalArgumentException e) {
        send(exchange, 400, Answers.error(400, "invalid_request", String.valueOf(e.getMessage())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        send(exchange, 503, Answers.error(503, "stopping", "The server is stopping."));
      } catch (RuntimeException e) {
        ChildLog.write(e);
        send(exchange, 500, Answers.error(500, "failed", "The model failed: " + e.getMessage()));
      }
    }
  }

  private void complete(HttpExchange exchange) throws IOException, InterruptedException {
    Question question = Question.of(body(exchange), models);
    String id = "chatcmpl-" + answers.incrementAndGet();
    if (question.streamed()) {
      stream(exchange, id, question);
    } else {
      GenerationResult result = generator.generate(question.request());
      send(exchange, 200, Answers.whole(id, question.model(), result));
    }
  }

  private void stream(HttpExchange exchange, String id, Question question)
      throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      GenerationResult result =
          generator.generate(
              question.request(),
              text -> event(out, Answers.piece(id, question.model(), text).toString()));
      event(out, Answers.end(id, question.model(), result).toString());
      if (question.usage()) {
        event(out, Answers.tokens(id, question.model(), result).toString());
      }
      event(out, "[DONE]");
    } catch (UncheckedIOException callerLeft) {
      // The client has disconnected; the generator has already dropped the answer.
      return;
    } catch (RuntimeException e) {
      event(out, Answers.error(500, "failed", "The model failed: " + e.getMessage()).toString());
    }
  }

  private void load(HttpExchange exchange) throws IOException {
    JsonObject body = body(exchange);
    try {
      models.load(body.requireString("lora_name"), Path.of(body.requireString("lora_path")));
    } catch (IOException e) {
      throw Refusal.invalid("The adapter cannot be loaded: " + e.getMessage());
    }
    send(exchange, 200, Answers.models(models.names()));
  }

  private void unload(HttpExchange exchange) throws IOException {
    models.unload(body(exchange).requireString("lora_name"));
    send(exchange, 200, Answers.models(models.names()));
  }

  private static JsonObject body(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new Refusal(405, "method_not_allowed", "This path takes POST.");
    }
    return Json.parseObject(
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static void event(OutputStream out, String data) {
    try {
      out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, JsonObject body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
