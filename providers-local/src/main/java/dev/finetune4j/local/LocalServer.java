package dev.finetune4j.local;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.local.internal.server.ServerMain;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.RetryPolicy;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.process.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * One child that serves a base and its adapters; ends when this object is closed, or when this
 * process dies. Thread-safe.
 */
final class LocalServer implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final RetryPolicy RETRIES =
      new RetryPolicy(2, Duration.ofMillis(100), 1, Duration.ofMillis(100), Duration.ZERO);

  private final Process process;
  private final String token;
  private final LocalSettings settings;
  private final CompletableFuture<Running> running;
  private final Map<String, Path> adapters = new ConcurrentHashMap<>();

  private LocalServer(Process process, String token, LocalSettings settings, Path log) {
    this.process = process;
    this.token = token;
    this.settings = settings;
    this.running = new CompletableFuture<>();
    Thread reader = new Thread(() -> readPort(log), "finetune4j-server-start");
    reader.setDaemon(true);
    reader.start();
  }

  private record Running(URI endpoint, HttpTransport transport) {}

  /** Starts the child and returns at once; it answers some seconds later. */
  static LocalServer start(LocalModels.Files files, LocalSettings settings) {
    // Each of them carries 122 bits from the system's secure source.
    String token = UUID.randomUUID() + "-" + UUID.randomUUID();
    Path logs = settings.directory().resolve("servers");
    Path log = logs.resolve(files.checkpointName().replaceAll("[^A-Za-z0-9._-]", "-") + ".log");
    try {
      Files.createDirectories(logs);
      Process process =
          settings
              .java()
              .running(ServerMain.class, List.of())
              .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
              .start();
      LocalServer server = new LocalServer(process, token, settings, log);
      JsonObject line =
          JsonObject.empty()
              .put("base", files.checkpoint().toAbsolutePath().toString())
              .put("name", files.checkpointName())
              .put("token", token)
              .put("workers", settings.workers());
      OutputStream input = process.getOutputStream();
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      // Left open on purpose: the child lives as long as this end of its input does.
      input.flush();
      return server;
    } catch (IOException e) {
      throw LocalErrors.unreadable("The server could not be started: " + log, e);
    }
  }

  boolean isAlive() {
    return process.isAlive() && !running.isCompletedExceptionally();
  }

  boolean isStarted() {
    return running.isDone();
  }

  /** Waits until the child answers and returns a model that it is sure to serve. */
  ChatCompletionsModel require(LocalModels.Files files) throws InterruptedException {
    HttpTransport transport = running().transport();
    load(transport, files);
    return ChatCompletionsModel.of(transport, files.name());
  }

  /** Returns where the child answers, waiting until it does. */
  URI endpoint() throws InterruptedException {
    return running().endpoint();
  }

  /** Makes the child forget an adapter; one that it does not know is no error. */
  void unload(String name) throws InterruptedException {
    if (adapters.remove(name) == null) {
      return;
    }
    try {
      running()
          .transport()
          .post(
              "unload_lora_adapter",
              JsonObject.empty().put("lora_name", name),
              Idempotency.SAFE,
              answer -> true);
    } catch (NotFoundException goneAlready) {
      return;
    }
  }

  private synchronized void load(HttpTransport transport, LocalModels.Files files) {
    @Nullable Path adapter = files.adapter();
    if (adapter != null && !adapter.equals(adapters.get(files.name()))) {
      JsonObject body =
          JsonObject.empty().put("lora_name", files.name()).put("lora_path", adapter.toString());
      transport.post("load_lora_adapter", body, Idempotency.SAFE, answer -> true);
      ChatCompletionsModel.of(transport, files.name()).requireServed();
      adapters.put(files.name(), adapter);
    }
  }

  private Running running() throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw LocalErrors.unavailable(String.valueOf(e.getMessage()));
    }
  }

  private void readPort(Path log) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      @Nullable String line = output.readLine();
      JsonObject answer = line == null ? JsonObject.empty() : Json.parseObject(line);
      long port = answer.findLong("port").orElse(0);
      if (port == 0) {
        String why = answer.findString("error").orElse("it ended; " + log + " says why");
        running.completeExceptionally(
            new UncheckedIOException(new IOException("The server did not start: " + why)));
        return;
      }
      running.complete(connect(URI.create("http://127.0.0.1:" + port + "/v1")));
      // Held open until the child ends: its output would otherwise break on a closed pipe.
      output.transferTo(Writer.nullWriter());
    } catch (IOException | JsonSyntaxException e) {
      running.completeExceptionally(e);
    }
  }

  private Running connect(URI endpoint) {
    HttpTransport transport =
        HttpTransport.builder(LocalProvider.ID, HttpUrl.get(endpoint.toString()))
            .credential(Credential.bearer(() -> token))
            .retries(RETRIES)
            .time(settings.time())
            .build();
    return new Running(endpoint, transport);
  }

  /**
   * Ends the child. Calls that are under way then fail as for any lost connection, and not as if
   * the provider were closed.
   */
  void end() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        ProcessTree.end(process.toHandle(), END_LIMIT);
      }
    } catch (IOException e) {
      ProcessTree.end(process.toHandle(), END_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    end();
    if (running.isDone() && !running.isCompletedExceptionally()) {
      running.join().transport().close();
    }
  }
}
