package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.format.ExampleCodec;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.FileDataset;
import dev.finetune4j.dataset.format.TableFormat;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.internal.record.FileFault;
import dev.finetune4j.internal.record.RecordBlock;
import dev.finetune4j.internal.record.RecordBlocks;
import dev.finetune4j.internal.record.RecordFiles;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One validation: reads blocks, checks them in parallel and joins the results in order. */
final class ValidationRun<E extends Example> {
  private static final int EXAMPLES_PER_BLOCK = 256;

  private final ValidationSettings<E> settings;
  private final Dataset<E> dataset;
  private final DatasetProfile.@Nullable Options options;
  private final DatasetProfile.@Nullable Collector profile;
  private final SetFindings result;

  ValidationRun(
      ValidationSettings<E> settings,
      Dataset<E> dataset,
      DatasetProfile.@Nullable Options options) {
    this.settings = settings;
    this.dataset = dataset;
    this.options = options;
    profile =
        options == null ? null : new DatasetProfile.Collector(dataset.name(), options, settings);
    result =
        new SetFindings(
            settings, LeakFinder.of(settings.heldOut(), settings.bounds().rememberedExamples()));
  }

  /** Checks and measures the set in one reading. */
  DatasetProfile profile() {
    ValidationReport report = run();
    return Objects.requireNonNull(profile, "options").profile(report);
  }

  ValidationReport run() {
    try (OrderedWork<RecordWorker.CheckedBlock> work =
        new OrderedWork<>(settings.bounds().threads(), this::join)) {
      if (dataset instanceof FileDataset<E> file) {
        records(file, work);
      } else {
        examples(work);
      }
      work.finish();
    }
    return result.report(dataset.name());
  }

  private void join(RecordWorker.CheckedBlock block) {
    block.records().forEach(result::accept);
    if (profile != null) {
      profile.accept(block);
    }
  }

  private void records(FileDataset<E> file, OrderedWork<RecordWorker.CheckedBlock> work) {
    ExampleCodec<E> codec = file.codec();
    try (RecordBlocks blocks = open(file)) {
      RecordBlock block = blocks.next();
      while (block != null) {
        RecordBlock current = block;
        work.submit(
            () -> new RecordWorker<>(settings, options, codec).checkRecords(current),
            current.bytes());
        block = blocks.next();
      }
    } catch (FileFault e) {
      work.finish();
      result.unreadable(
          e.rule(), ExampleLocation.line(e.line()), String.valueOf(e.getMessage()), e.suggestion());
    } catch (IOException e) {
      work.finish();
      result.unreadable(
          "unreadable-file",
          ExampleLocation.wholeSet(),
          "The file cannot be read to the end: " + e + ".",
          "Copy or compress it again; nothing after this place was checked.");
    }
  }

  private static RecordBlocks open(FileDataset<?> file) {
    TableFormat table = file.table();
    try {
      return switch (file.kind()) {
        case JSON_LINES -> RecordFiles.lines(file.file());
        case JSON_ARRAY -> RecordFiles.array(file.file());
        case CSV ->
            RecordFiles.table(
                file.file(), table.delimiter(), table.quote(), table.charset(), table.header());
      };
    } catch (IOException e) {
      throw new DataFileException("read", file.file(), e);
    }
  }

  private void examples(OrderedWork<RecordWorker.CheckedBlock> work) {
    ExampleCodec<E> codec = ExampleCodecs.lossless(settings.exampleType());
    try (Stream<E> stream = dataset.examples()) {
      Iterator<E> all = stream.iterator();
      long next = 1;
      List<E> block = nextBlock(all);
      while (block != null) {
        List<E> current = block;
        long first = next;
        work.submit(
            () -> new RecordWorker<>(settings, options, codec).checkExamples(current, first), 0);
        next += block.size();
        block = nextBlock(all);
      }
    }
  }

  private static <T> @Nullable List<T> nextBlock(Iterator<T> all) {
    List<T> block = new ArrayList<>(EXAMPLES_PER_BLOCK);
    while (block.size() < EXAMPLES_PER_BLOCK && all.hasNext()) {
      block.add(all.next());
    }
    return block.isEmpty() ? null : block;
  }

  /**
   * Runs tasks in parallel and delivers their results in the order of submission. Limits the number
   * of pending tasks to bound memory. Not thread-safe.
   */
  private static final class OrderedWork<T> implements AutoCloseable {
    private static final long MOST_PENDING_BYTES = 64 << 20;

    private final ExecutorService executor;
    private final Consumer<T> consumer;
    private final Deque<Future<T>> pending = new ArrayDeque<>();
    private final Deque<Long> sizes = new ArrayDeque<>();
    private long pendingBytes;
    private final int most;

    OrderedWork(int threads, Consumer<T> consumer) {
      this.consumer = consumer;
      most = threads * 2;
      executor =
          Executors.newFixedThreadPool(
              threads,
              task -> {
                Thread thread = new Thread(task, "finetune4j-validation");
                thread.setDaemon(true);
                return thread;
              });
    }

    /**
     * Starts a task that holds so many bytes; first waits for the oldest ones if too many tasks or
     * bytes are pending.
     */
    void submit(Callable<T> task, long bytes) {
      while (!pending.isEmpty()
          && (pending.size() >= most || pendingBytes + bytes > MOST_PENDING_BYTES)) {
        takeOldest();
      }
      pending.add(executor.submit(task));
      sizes.add(bytes);
      pendingBytes += bytes;
    }

    /** Waits for all pending tasks. */
    void finish() {
      while (!pending.isEmpty()) {
        takeOldest();
      }
    }

    private void takeOldest() {
      try {
        pendingBytes -= sizes.remove();
        consumer.accept(pending.remove().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("A rule failed.", e);
      } catch (InterruptedException e) {
        throw OperationInterruptedException.from(e);
      }
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }
}
