package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.ExampleCodec;
import dev.finetune4j.dataset.ExampleCodecs;
import dev.finetune4j.dataset.FileDataset;
import dev.finetune4j.internal.json.JsonSyntaxException;
import dev.finetune4j.internal.record.RecordBlock;
import dev.finetune4j.internal.record.RecordBlocks;
import dev.finetune4j.internal.record.RecordFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One validation: reads blocks, has them checked side by side, and joins them in order. */
final class ValidationRun<E extends Example> {
  private static final int EXAMPLES_A_BLOCK = 256;

  private final ValidationSettings<E> settings;
  private final Dataset<E> dataset;
  private final SetFindings result;

  ValidationRun(ValidationSettings<E> settings, Dataset<E> dataset) {
    this.settings = settings;
    this.dataset = dataset;
    result =
        new SetFindings(
            settings, LeakFinder.of(settings.heldOut(), settings.bounds().rememberedExamples()));
  }

  ValidationReport run() {
    try (OrderedWork<List<CheckedRecord>> work =
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

  private void join(List<CheckedRecord> block) {
    block.forEach(result::accept);
  }

  private void records(FileDataset<E> file, OrderedWork<List<CheckedRecord>> work) {
    ExampleCodec<E> codec = file.codec();
    try (RecordBlocks blocks = open(file)) {
      RecordBlock block = blocks.next();
      while (block != null) {
        RecordBlock current = block;
        work.submit(() -> new RecordWorker<>(settings, codec).checkRecords(current));
        block = blocks.next();
      }
    } catch (JsonSyntaxException e) {
      work.finish();
      result.broken(
          "invalid-table", String.valueOf(e.getMessage()), "Nothing after it was checked.");
    } catch (IOException e) {
      work.finish();
      result.broken(
          "unreadable-file",
          "The file cannot be read to its end: " + e + ".",
          "Copy or pack it again; nothing after the broken place was checked.");
    }
  }

  private static RecordBlocks open(FileDataset<?> file) {
    try {
      return switch (file.kind()) {
        case JSON_LINES -> RecordFiles.lines(file.file());
        case JSON_ARRAY -> RecordFiles.array(file.file());
        case CSV -> RecordFiles.table(file.file());
      };
    } catch (IOException e) {
      throw new DataFileException("read", file.file(), e);
    }
  }

  private void examples(OrderedWork<List<CheckedRecord>> work) {
    ExampleCodec<E> codec = ExampleCodecs.lossless(settings.exampleType());
    try (Stream<E> stream = dataset.examples()) {
      Iterator<E> all = stream.iterator();
      long next = 1;
      List<E> block = nextBlock(all);
      while (block != null) {
        List<E> current = block;
        long first = next;
        work.submit(() -> new RecordWorker<>(settings, codec).checkExamples(current, first));
        next += block.size();
        block = nextBlock(all);
      }
    }
  }

  private static <T> @Nullable List<T> nextBlock(Iterator<T> all) {
    List<T> block = new ArrayList<>(EXAMPLES_A_BLOCK);
    while (block.size() < EXAMPLES_A_BLOCK && all.hasNext()) {
      block.add(all.next());
    }
    return block.isEmpty() ? null : block;
  }
}
