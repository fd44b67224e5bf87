package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.internal.record.FileFault;
import dev.finetune4j.internal.record.LineBlocks;
import dev.finetune4j.internal.record.RecordBlock;
import dev.finetune4j.internal.record.RecordBlocks;
import dev.finetune4j.internal.record.RecordFault;
import dev.finetune4j.internal.record.RecordFiles;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonParser;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Streams the records of a file, each converted by a function. */
final class RecordStream<T> extends Spliterators.AbstractSpliterator<T> {
  private final FileDataset<?> dataset;
  private final Function<Map<String, @Nullable Object>, T> reading;
  private final RecordBlocks blocks;
  private final JsonParser parser = new JsonParser();
  private @Nullable RecordBlock block;
  private int next;

  private RecordStream(
      FileDataset<?> dataset,
      RecordBlocks blocks,
      Function<Map<String, @Nullable Object>, T> reading) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.dataset = dataset;
    this.reading = reading;
    this.blocks = blocks;
  }

  static <E extends Example> Stream<E> open(FileDataset<E> dataset) {
    return open(dataset, dataset.codec()::fromRecord);
  }

  static void forEachRecord(
      FileDataset<?> dataset, Consumer<Map<String, @Nullable Object>> action) {
    try (Stream<Map<String, @Nullable Object>> records = open(dataset, record -> record)) {
      records.forEach(action);
    }
  }

  /**
   * Adds the first records to a list.
   *
   * @throws MalformedExampleException at the first one that is broken, after adding those before it
   */
  static void firstRecords(
      FileDataset<?> dataset, int most, List<Map<String, @Nullable Object>> records) {
    try (Stream<Map<String, @Nullable Object>> all = open(dataset, record -> record)) {
      all.limit(most).forEachOrdered(records::add);
    }
  }

  private static <T> Stream<T> open(
      FileDataset<?> dataset, Function<Map<String, @Nullable Object>, T> reading) {
    try {
      TableFormat table = dataset.table();
      RecordBlocks blocks =
          switch (dataset.kind()) {
            case JSON_LINES -> RecordFiles.lines(dataset.file());
            case JSON_ARRAY -> RecordFiles.array(dataset.file());
            case CSV ->
                RecordFiles.table(
                    dataset.file(),
                    table.delimiter(),
                    table.quote(),
                    table.charset(),
                    table.header());
          };
      RecordStream<T> stream = new RecordStream<>(dataset, blocks, reading);
      return StreamSupport.stream(stream, false).onClose(stream::close);
    } catch (IOException e) {
      throw new DataFileException("read", dataset.file(), e);
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    while (true) {
      RecordBlock current = block;
      if (current == null || next == current.size()) {
        current = nextBlock();
        block = current;
        next = 0;
        if (current == null) {
          close();
          return false;
        }
      }
      int index = next++;
      RecordFault fault = current.fault(index);
      if (fault != RecordFault.BLANK) {
        action.accept(example(current, index, fault));
        return true;
      }
    }
  }

  private T example(RecordBlock from, int index, RecordFault fault) {
    try {
      if (fault == RecordFault.TOO_LONG) {
        throw new MalformedExampleException(
            "$", "The record is longer than " + (LineBlocks.MAXIMUM_LINE_BYTES >> 20) + " MiB.");
      } else if (fault == RecordFault.BAD_ENCODING) {
        boolean table = dataset.kind() == FileKind.CSV;
        throw new MalformedExampleException(
            "$", "The line is not " + (table ? dataset.table().charset() : "UTF-8") + ".");
      } else if (fault == RecordFault.RAGGED) {
        throw new MalformedExampleException(
            "$", "The row has more or fewer cells than the header.");
      }
      return reading.apply(requireObject(from.tree(index, parser)));
    } catch (JsonSyntaxException e) {
      throw new MalformedExampleException(e.path(), String.valueOf(e.getMessage()))
          .in(dataset.name(), from.line(index));
    } catch (MalformedExampleException e) {
      throw e.in(dataset.name(), from.line(index));
    }
  }

  @SuppressWarnings("unchecked") // The parsers only make maps with strings as keys.
  private static Map<String, @Nullable Object> requireObject(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new MalformedExampleException(
        "$", "A record must be an object, but this is " + Json.kind(tree) + ".");
  }

  private @Nullable RecordBlock nextBlock() {
    try {
      return blocks.next();
    } catch (FileFault e) {
      throw new MalformedExampleException("$", e.getMessage() + " " + e.suggestion())
          .in(dataset.name(), e.line());
    } catch (IOException e) {
      throw new DataFileException("read", dataset.file(), e);
    }
  }

  private void close() {
    try {
      blocks.close();
    } catch (IOException e) {
      throw new DataFileException("close", dataset.file(), e);
    }
  }
}
