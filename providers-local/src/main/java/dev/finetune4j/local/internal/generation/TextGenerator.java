package dev.finetune4j.local.internal.generation;

import dev.finetune4j.local.internal.adapter.AdapterFolder;
import dev.finetune4j.local.internal.adapter.LoadedAdapter;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.Decoder;
import dev.finetune4j.local.internal.decoder.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers conversations with one base and any number of its adapters. Thread-safe: callers that ask
 * at once are answered together.
 *
 * <p>The base stays the caller's; close the generator first.
 */
public final class TextGenerator implements AutoCloseable {
  private static final int ANSWERS_PER_WORKER = 8;

  private final BaseModel base;
  private final RequestQueue queue = new RequestQueue();
  // An adapter whose name was taken over may still be answering, so all of them stay until the end.
  private final Queue<LoadedAdapter> loaded = new ConcurrentLinkedQueue<>();
  private final Map<String, Decoder> decoders = new ConcurrentHashMap<>();
  private final Decoder plain;
  private final List<Thread> workers = new ArrayList<>();

  /**
   * Starts the threads that compute.
   *
   * @param workerCount how many, each with one core's worth of work
   */
  public TextGenerator(BaseModel base, int workerCount) {
    this.base = base;
    this.plain = base.decoder(Parameters.of(base.weights()));
    for (int i = 0; i < workerCount; i++) {
      Thread worker =
          new Thread(
              new GenerationWorker(base, queue, this::decoder, ANSWERS_PER_WORKER),
              "generator-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
  }

  /**
   * Loads an adapter under a name; one that had the name answers no new request.
   *
   * @throws IOException if its files are missing or broken
   * @throws IllegalArgumentException if it does not fit the base
   */
  public void addAdapter(String name, Path folder) throws IOException {
    LoadedAdapter adapter = AdapterFolder.load(folder, base.configuration());
    loaded.add(adapter);
    decoders.put(name, base.decoder(Parameters.of(base.weights(), adapter.updates())));
  }

  /** The names of the loaded adapters. */
  public Set<String> adapters() {
    return Set.copyOf(decoders.keySet());
  }

  /**
   * Answers; blocks until the answer is whole.
   *
   * @param onText hears the text piece by piece, in the caller's thread; if it throws, the answer
   *     is given up
   * @throws IllegalArgumentException if no adapter has the name, or the conversation leaves no room
   *     for an answer
   * @throws InterruptedException if the thread is interrupted; the answer is given up
   */
  public GenerationResult generate(GenerationRequest request, Consumer<String> onText)
      throws InterruptedException {
    PendingAnswer pending = pending(request, true);
    queue.add(pending);
    return pending.follow(onText);
  }

  /**
   * Answers without showing text before the end, which costs a little less; otherwise as the other
   * one.
   *
   * @throws InterruptedException if the thread is interrupted; the answer is given up
   */
  public GenerationResult generate(GenerationRequest request) throws InterruptedException {
    PendingAnswer pending = pending(request, false);
    queue.add(pending);
    return pending.follow(text -> {});
  }

  private PendingAnswer pending(GenerationRequest request, boolean isStreamed) {
    String adapter = request.adapter();
    if (adapter != null && !decoders.containsKey(adapter)) {
      throw new IllegalArgumentException(
          "no adapter is called " + adapter + "; there are " + adapters());
    }
    int[] prompt = base.template().encodePrompt(request.messages());
    int room = base.configuration().rotary().maximumPositions() - prompt.length;
    if (room < 1) {
      throw new IllegalArgumentException(
          "the conversation has "
              + prompt.length
              + " tokens, and the model reads at most "
              + (base.configuration().rotary().maximumPositions() - 1));
    }
    return new PendingAnswer(request, prompt, Math.min(room, request.maximumTokens()), isStreamed);
  }

  private Decoder decoder(PendingAnswer pending) {
    @Nullable String adapter = pending.request().adapter();
    Decoder decoder = adapter == null ? plain : decoders.get(adapter);
    if (decoder == null) {
      throw new IllegalArgumentException("no adapter is called " + adapter);
    }
    return decoder;
  }

  @Override
  public void close() {
    queue.close();
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    loaded.forEach(LoadedAdapter::close);
  }
}
