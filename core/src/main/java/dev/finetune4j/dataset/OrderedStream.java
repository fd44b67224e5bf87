package dev.finetune4j.dataset;

import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams one after the other and selects elements by their index. Opens one stream at a
 * time, buffers nothing, and counts in order also if the result is read as a parallel stream.
 */
final class OrderedStream<E> extends Spliterators.AbstractSpliterator<E> {
  private final List<Supplier<Stream<E>>> parts;
  private final LongPredicate selected;
  private @Nullable Stream<E> open;
  private @Nullable Spliterator<E> elements;
  private int next;
  private long index;

  private OrderedStream(List<Supplier<Stream<E>>> parts, LongPredicate selected) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.parts = parts;
    this.selected = selected;
  }

  static <E> Stream<E> of(List<Supplier<Stream<E>>> parts, LongPredicate selected) {
    OrderedStream<E> source = new OrderedStream<>(parts, selected);
    return StreamSupport.stream(source, false).onClose(source::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super E> action) {
    boolean[] found = new boolean[1];
    Consumer<E> select =
        element -> {
          if (selected.test(index++)) {
            found[0] = true;
            action.accept(element);
          }
        };
    while (!found[0]) {
      Spliterator<E> current = elements;
      if (current == null) {
        if (next == parts.size()) {
          return false;
        }
        Stream<E> stream = parts.get(next++).get().sequential();
        open = stream;
        elements = stream.spliterator();
      } else if (!current.tryAdvance(select)) {
        close();
      }
    }
    return true;
  }

  private void close() {
    Stream<E> current = open;
    open = null;
    elements = null;
    if (current != null) {
      current.close();
    }
  }
}
