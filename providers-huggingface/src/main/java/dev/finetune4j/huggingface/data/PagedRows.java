package dev.finetune4j.huggingface.data;

import dev.finetune4j.dataset.Example;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An iterator over the rows of a split. Not thread-safe. */
final class PagedRows<E extends Example> extends AbstractSpliterator<E> {
  private static final Logger LOG = LoggerFactory.getLogger(PagedRows.class);

  private final HubRows<E> rows;
  private final Deque<RowPage.Row> page = new ArrayDeque<>();
  private long next;
  private long total = Long.MAX_VALUE;
  private long leftOut;

  PagedRows(HubRows<E> rows) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.rows = rows;
  }

  @Override
  public boolean tryAdvance(Consumer<? super E> action) {
    while (true) {
      if (page.isEmpty() && !load()) {
        return false;
      }
      RowPage.Row row = page.remove();
      Set<String> lost =
          row.truncated().isEmpty()
              ? Set.of()
              : rows.mapping().counting(row.values(), row.truncated());
      if (lost.isEmpty()) {
        String place = "Row " + row.index() + " of " + rows.name();
        action.accept(rows.mapping().example(row.values(), place));
        return true;
      } else if (!rows.leavesOut()) {
        throw rows.truncated(row, lost);
      }
      leftOut++;
    }
  }

  private boolean load() {
    if (next >= total) {
      if (leftOut > 0) {
        LOG.warn("{}: skipped {} truncated rows", rows.name(), leftOut);
        leftOut = 0;
      }
      return false;
    }
    RowPage loaded = rows.page(next);
    if (next == 0 && loaded.isPartial()) {
      LOG.warn("{}: the Hub serves only the first 5 GB, so rows are missing", rows.name());
    }
    // A page without rows ends the reading, whatever the total.
    total = loaded.rows().isEmpty() ? next : loaded.total();
    next += loaded.rows().size();
    page.addAll(loaded.rows());
    return !page.isEmpty();
  }
}
