package dev.finetune4j.providerkit.file;

import dev.finetune4j.ProviderId;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.providerkit.TransferListener;
import java.util.ArrayList;
import java.util.Collections;
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
 * first failure, or an interrupt of the waiting thread, ends them all. For one file and one waiting
 * thread; close it whatever happens.
 */
public final class ParallelParts implements AutoCloseable {
  private static final long END_SECONDS = 30;

  private final ProviderId provider;
  private final Source source;
  private final AtomicLongArray sent;
  private final ExecutorService threads;
  private final CompletionService<Part> parts;

  /**
   * Makes the threads; sends nothing yet.
   *
   * @param provider the provider that exceptions name
   */
  public ParallelParts(ProviderId provider, Source source) {
    this.provider = provider;
    this.source = source;
    sent = new AtomicLongArray(source.count());
    threads =
        Executors.newFixedThreadPool(
            Math.min(source.atOnce(), source.count()),
            task -> {
              Thread thread = new Thread(task, "finetune4j-upload");
              thread.setDaemon(true);
              return thread;
            });
    parts = new ExecutorCompletionService<>(threads);
  }

  /**
   * What is sent, and how.
   *
   * @param name of the file, for messages
   * @param bytes the size of the file
   * @param partBytes the size of each part but the last
   * @param atOnce the most parts that are on their way at one time
   * @param progress receives the sum over all parts, on the sending threads
   */
  public record Source(
      String name, long bytes, long partBytes, int atOnce, TransferListener progress) {

    /** Returns how many parts there are. */
    public int count() {
      return Math.toIntExact((bytes + partBytes - 1) / partBytes);
    }

    /** Returns where a part begins in the file. */
    public long offset(int index) {
      return index * partBytes;
    }

    /** Returns how long a part is. */
    public long length(int index) {
      return Math.min(partBytes, bytes - offset(index));
    }
  }

  /** Sends one part; called on several threads at once. */
  @FunctionalInterface
  public interface Sender {

    /**
     * Sends a part and returns the service's mark of it.
     *
     * @param index of the part, from 0
     * @param progress receives the bytes of this part
     */
    String send(int index, TransferListener progress);
  }

  private record Part(int index, String mark) {}

  /** Begins to send all parts and returns at once. */
  public void start(Sender sender) {
    for (int i = 0; i < source.count(); i++) {
      int index = i;
      parts.submit(
          () -> new Part(index, sender.send(index, (moved, total) -> moved(index, moved))));
    }
  }

  /**
   * Waits for all parts and returns their marks in the order of the file.
   *
   * @throws FineTuningException if a part could not be sent
   * @throws ProviderUnavailableException if the thread is interrupted; its flag is set again
   */
  public List<String> await() {
    List<String> marks = new ArrayList<>(Collections.nCopies(source.count(), ""));
    for (int i = 0; i < source.count(); i++) {
      Part done = next();
      marks.set(done.index(), done.mark());
    }
    return marks;
  }

  private Part next() {
    try {
      return parts.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(
          ProviderFailure.of(
              provider, "The thread was interrupted while it sent " + source.name() + "."),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FineTuningException known) {
        throw known;
      }
      throw new IllegalStateException("A part of " + source.name() + " could not be sent.", e);
    }
  }

  private void moved(int index, long bytes) {
    sent.set(index, bytes);
    long sum = 0;
    for (int i = 0; i < sent.length(); i++) {
      sum += sent.get(i);
    }
    source.progress().moved(sum, source.bytes());
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
