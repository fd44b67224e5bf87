package dev.finetune4j.providerkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** Waits for an answer in a way that an interrupt can end, which a read from a socket is not. */
final class InterruptibleCall implements Callback {
  private final CompletableFuture<Response> answer = new CompletableFuture<>();

  private InterruptibleCall() {}

  static Response execute(Call call) throws IOException {
    InterruptibleCall waiting = new InterruptibleCall();
    call.enqueue(waiting);
    try {
      return waiting.answer.get();
    } catch (InterruptedException e) {
      call.cancel();
      waiting.answer.thenAccept(Response::close);
      Thread.currentThread().interrupt();
      InterruptedIOException ended = new InterruptedIOException("interrupted");
      ended.initCause(e);
      throw ended;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
    }
  }

  @Override
  public void onFailure(Call call, IOException failure) {
    answer.completeExceptionally(failure);
  }

  @Override
  public void onResponse(Call call, Response response) {
    answer.complete(response);
  }
}
