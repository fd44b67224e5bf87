package dev.finetune4j.providerkit.file;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.providerkit.Call;
import dev.finetune4j.providerkit.Content;
import dev.finetune4j.providerkit.Form;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Sends the parts of one file on a few threads, each part read from its place in the file. The
 * first failure, or an interrupt of the waiting thread, ends them all.
 */
final class ParallelParts implements AutoCloseable {
  private static final long END_SECONDS = 30;

  private final HttpTransport transport;
  private final FileSettings settings;
  private final FileUpload upload;
  private final String uploadId;
  private final int count;
  private final AtomicLongArray sent;
  private final ExecutorService threads;
  private final CompletionService<Part> parts;

  ParallelParts(
      HttpTransport transport, FileSettings settings, FileUpload upload, String uploadId) {
    this.transport = transport;
    this.settings = settings;
    this.upload = upload;
    this.uploadId = uploadId;
    count = Math.toIntExact((upload.bytes() + settings.partBytes() - 1) / settings.partBytes());
    sent = new AtomicLongArray(count);
    threads =
        Executors.newFixedThreadPool(
            Math.min(settings.parallelParts(), count),
            task -> {
              Thread thread = new Thread(task, "finetune4j-upload");
              thread.setDaemon(true);
              return thread;
            });
    parts = new ExecutorCompletionService<>(threads);
  }

  private record Part(int index, String id) {}

  void start() {
    for (int i = 0; i < count; i++) {
      int index = i;
      parts.submit(() -> send(index));
    }
  }

  /** Waits for all parts and returns their ids in the order of the file. */
  List<String> await() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add("");
    }
    for (int i = 0; i < count; i++) {
      Part done = next();
      ids.set(done.index(), done.id());
    }
    return ids;
  }

  private Part next() {
    try {
      return parts.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              transport.provider(),
              "The thread was interrupted while it sent " + upload.name() + "."),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FineTuningException known) {
        throw known;
      }
      throw new IllegalStateException("A part of " + upload.name() + " could not be sent.", e);
    }
  }

  private Part send(int index) {
    long offset = index * settings.partBytes();
    long length = Math.min(settings.partBytes(), upload.bytes() - offset);
    Form form =
        Form.empty()
            .file("data", upload.name(), Content.of(upload.file(), offset, length))
            .progress((moved, total) -> moved(index, moved));
    // Safe: a part that arrived twice is named once when the upload is completed.
    Call call =
        Call.post("uploads/{upload}/parts", uploadId).form(form).idempotency(Idempotency.SAFE);
    return new Part(index, transport.send(call, answer -> answer.requireString("id")));
  }

  private void moved(int index, long bytes) {
    sent.set(index, bytes);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += sent.get(i);
    }
    upload.progress().moved(sum, upload.bytes());
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
