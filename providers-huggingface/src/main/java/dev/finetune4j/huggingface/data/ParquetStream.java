package dev.finetune4j.huggingface.data;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.huggingface.internal.parquet.ParquetRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** An iterator over the rows of Parquet files, one open at a time. Not thread-safe. */
final class ParquetStream<E extends Example> extends AbstractSpliterator<E> {
  private final Deque<Path> left;
  private final RowMapping<E> mapping;
  private @Nullable ParquetRows rows;
  private ClassLabels labels = ClassLabels.none();
  private long index;

  private ParquetStream(List<Path> files, RowMapping<E> mapping) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    left = new ArrayDeque<>(files);
    this.mapping = mapping;
  }

  static <E extends Example> Stream<E> of(List<Path> files, RowMapping<E> mapping) {
    ParquetStream<E> reading = new ParquetStream<>(files, mapping);
    return StreamSupport.stream(reading, false).onClose(reading::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super E> action) {
    while (!left.isEmpty()) {
      Path file = left.element();
      Map<String, @Nullable Object> row = next(file);
      if (row != null) {
        String place = file.getFileName() + ", row " + index++;
        action.accept(mapping.example(labels.named(row), place));
        return true;
      }
      close();
      left.remove();
    }
    return false;
  }

  private @Nullable Map<String, @Nullable Object> next(Path file) {
    try {
      ParquetRows open = rows;
      if (open == null) {
        open = ParquetRows.open(file);
        labels = open.features().map(ClassLabels::ofParquet).orElse(ClassLabels.none());
        index = 0;
        rows = open;
      }
      return open.next();
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  private void close() {
    ParquetRows open = rows;
    rows = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new DataFileException("close", left.element(), e);
    }
  }
}
