package dev.finetune4j.huggingface;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.RetryPolicy;
import dev.finetune4j.providerkit.chat.ChatCompletionsModel;
import dev.finetune4j.providerkit.process.ProcessTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A child process that serves one model; it ends when this object is closed or this process dies.
 * Thread-safe.
 */
final class TrlServer implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final String UNKNOWN_MODEL = "finetune4j-unknown-model";
  private static final RetryPolicy RETRIES =
      new RetryPolicy(2, Duration.ofMillis(100), 1, Duration.ofMillis(100), Duration.ZERO);

  private final TrlServerCommand command;
  private final HuggingFaceSettings settings;
  private final CompletableFuture<HttpTransport> running = new CompletableFuture<>();
  private volatile @Nullable Process process;
  private volatile boolean closed;

  private TrlServer(TrlServerCommand command, HuggingFaceSettings settings) {
    this.command = command;
    this.settings = settings;
  }

  /** Starts the child and returns immediately; it answers after some seconds or minutes. */
  static TrlServer start(TrlServerCommand command, HuggingFaceSettings settings) {
    TrlServer server = new TrlServer(command, settings);
    Thread starter = new Thread(server::startOrFail, "finetune4j-server-start");
    starter.setDaemon(true);
    starter.start();
    return server;
  }

  boolean isAlive() {
    Process child = process;
    return !closed
        && !running.isCompletedExceptionally()
        && (child == null || child.isAlive() || !running.isDone());
  }

  boolean isStarted() {
    return running.isDone();
  }

  URI endpoint() {
    return command.endpoint();
  }

  /** Waits until the child serves its model. */
  ChatCompletionsModel require() throws InterruptedException {
    try {
      return model(running.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProviderException failure) {
        throw failure;
      }
      throw TrlErrors.unavailable(String.valueOf(e.getMessage()));
    }
  }

  private void startOrFail() {
    try {
      running.complete(startNow());
    } catch (IOException e) {
      fail(TrlErrors.unavailable("The server did not start: " + e.getMessage() + "."));
    } catch (RuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(TrlErrors.unavailable("The thread was interrupted while the server started."));
    }
  }

  private void fail(RuntimeException why) {
    running.completeExceptionally(why);
    end();
  }

  private HttpTransport startNow() throws IOException, InterruptedException {
    command.mergeIfNeeded();
    Process child = command.start();
    process = child;
    if (closed) {
      end();
    }
    HttpTransport transport =
        HttpTransport.builder(TrlErrors.PROVIDER, HttpUrl.get(endpoint().toString()))
            .retries(RETRIES)
            .time(settings.time())
            .build();
    Instant limit = settings.time().now().plus(settings.server().startLimit());
    while (!answers(transport)) {
      if (!child.isAlive()) {
        throw TrlErrors.unavailable("The server exited. See " + command.log() + ".");
      }
      if (settings.time().now().isAfter(limit)) {
        throw TrlErrors.unavailable(
            "The server did not answer within "
                + settings.server().startLimit()
                + ". See "
                + command.log()
                + ", or raise ServerOptions.withStartLimit.");
      }
      settings.time().sleep(LOOK);
    }
    return transport;
  }

  /**
   * Returns whether the server answers, after verifying that it serves the requested model and not
   * its base.
   */
  private boolean answers(HttpTransport transport) {
    try {
      if (settings.server().isPinned()) {
        requireRefusal(transport);
      } else {
        model(transport).requireServed();
      }
      return true;
    } catch (ProviderUnavailableException notYet) {
      return false;
    }
  }

  private void requireRefusal(HttpTransport transport) {
    try {
      ChatCompletionsModel.of(transport, UNKNOWN_MODEL).chat(question());
    } catch (InvalidRequestException | NotFoundException refusal) {
      if (String.valueOf(refusal.getMessage()).contains(command.served())) {
        return;
      }
      throw refusal;
    }
    throw TrlErrors.invalid(
        "The server also answers for a model that does not exist, so it cannot be verified: "
            + command.log());
  }

  private static ChatRequest question() {
    return ChatRequest.builder(ChatRequest.of("?").messages()).maximumTokens(1).build();
  }

  private ChatCompletionsModel model(HttpTransport transport) {
    ChatCompletionsModel model = ChatCompletionsModel.of(transport, command.served());
    return settings.server().isPinned() ? model.withMaxTokensMember() : model;
  }

  Path log() {
    return command.log();
  }

  /**
   * Ends the child. Calls that are under way then fail as for any lost connection, and not as if
   * the provider were closed.
   */
  void end() {
    Process child = process;
    if (child != null) {
      ProcessTree.end(child.toHandle(), END_LIMIT);
    }
  }

  @Override
  public void close() {
    closed = true;
    end();
    if (running.isDone() && !running.isCompletedExceptionally()) {
      running.join().close();
    }
  }

  @Override
  public String toString() {
    return "TrlServer(" + JsonObject.empty().put("served", command.served()) + ")";
  }
}
