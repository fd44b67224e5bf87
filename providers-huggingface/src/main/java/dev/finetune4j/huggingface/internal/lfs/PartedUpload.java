package dev.finetune4j.huggingface.internal.lfs;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.providerkit.Call;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import okhttp3.HttpUrl;

/**
 * The parts of one large file, several on their way at once, each read from its place in the file.
 * The first failure, or an interrupt of the waiting thread, ends them all.
 */
final class PartedUpload implements AutoCloseable {
  private static final String BYTES = "application/octet-stream";
  private static final long END_SECONDS = 30;

  private final HttpTransport transport;
  private final LargeFile file;
  private final long partBytes;
  private final List<HttpUrl> urls;
  private final AtomicLongArray sent;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "finetune4j-upload");
            thread.setDaemon(true);
            return thread;
          });

  PartedUpload(HttpTransport transport, LargeFile file, long partBytes, List<HttpUrl> urls) {
    this.transport = transport;
    this.file = file;
    this.partBytes = partBytes;
    this.urls = urls;
    sent = new AtomicLongArray(urls.size());
    long needed = (file.bytes() + partBytes - 1) / partBytes;
    if (needed != urls.size()) {
      throw new UnexpectedResponseException(
          ProviderFailure.of(
              transport.provider(),
              "It has places for " + urls.size() + " parts of a file that has " + needed + "."),
          null);
    }
  }

  private record Sent(int index, String tag) {}

  /** Sends all parts and returns their tags in the order of the file. */
  List<String> send(int atOnce) {
    ExecutorCompletionService<Sent> under = new ExecutorCompletionService<>(threads);
    List<String> tags = new ArrayList<>(urls.stream().map(url -> "").toList());
    int begun = 0;
    for (int done = 0; done < urls.size(); done++) {
      for (; begun < Math.min(urls.size(), done + atOnce); begun++) {
        int index = begun;
        under.submit(() -> send(urls.get(index), index));
      }
      Sent part = next(under);
      tags.set(part.index(), part.tag());
    }
    return tags;
  }

  private Sent send(HttpUrl url, int index) {
    long offset = index * partBytes;
    long length = Math.min(partBytes, file.bytes() - offset);
    Call call =
        Call.put(url)
            .credential(Credential.none())
            .content(file.part(offset, length), BYTES, (moved, total) -> moved(index, moved));
    String tag = transport.send(call).header("ETag").orElse("");
    if (tag.isEmpty()) {
      throw new UnexpectedResponseException(
          ProviderFailure.of(transport.provider(), "The store gave no tag for a part."), null);
    }
    return new Sent(index, tag);
  }

  private Sent next(ExecutorCompletionService<Sent> under) {
    try {
      return under.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              transport.provider(), "The thread was interrupted while it sent a large file."),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FineTuningException known) {
        throw known;
      }
      throw new IllegalStateException("A part of a large file could not be sent.", e);
    }
  }

  private void moved(int index, long bytes) {
    sent.set(index, bytes);
    long sum = 0;
    for (int i = 0; i < sent.length(); i++) {
      sum += sent.get(i);
    }
    file.progress().moved(sum, file.bytes());
  }

  /** Ends what is still under way and waits until it has ended. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
