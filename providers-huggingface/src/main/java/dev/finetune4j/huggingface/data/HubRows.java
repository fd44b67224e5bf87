package dev.finetune4j.huggingface.data;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.error.InvalidRequestException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A split of a data set on the Hub, read page by page on each use. All rows are of one commit: if
 * the repository has changed since, reading fails. Thread-safe.
 *
 * <p>Reading also fails at a row with a truncated value in a column that the mapping uses, unless
 * {@link #leavingOutTruncated} was called. The Parquet files have the complete values.
 *
 * @param <E> the kind of example
 */
public final class HubRows<E extends Example> implements Dataset<E> {
  private final DatasetViewer viewer;
  private final HubSplit split;
  private final RowMapping<E> mapping;
  private final String commit;
  private final boolean leavesOut;
  private final AtomicReference<@Nullable Fingerprint> fingerprint = new AtomicReference<>();

  HubRows(DatasetViewer viewer, HubSplit split, RowMapping<E> mapping, String commit) {
    this(viewer, split, mapping, commit, false);
  }

  private HubRows(
      DatasetViewer viewer,
      HubSplit split,
      RowMapping<E> mapping,
      String commit,
      boolean leavesOut) {
    this.viewer = viewer;
    this.split = split;
    this.mapping = mapping;
    this.commit = commit;
    this.leavesOut = leavesOut;
  }

  /**
   * Returns this data set without rows that the server has truncated; {@link #size} then reads it
   * all.
   */
  public HubRows<E> leavingOutTruncated() {
    return new HubRows<>(viewer, split, mapping, commit, true);
  }

  /** Returns the commit of the rows, 40 hexadecimal digits. */
  public String commit() {
    return commit;
  }

  /**
   * Returns whether the Hub serves only the first 5 GB of the split, so that rows are missing. One
   * request.
   */
  public boolean isPartial() {
    return page(0).isPartial();
  }

  /** Returns the data set, configuration and split. */
  @Override
  public String name() {
    return split.toString();
  }

  @Override
  public Class<E> exampleType() {
    return mapping.exampleType();
  }

  /**
   * {@inheritDoc}
   *
   * <p>One request per 100 rows, made as they are needed.
   *
   * @throws dev.finetune4j.dataset.format.MalformedExampleException while reading, at the first row
   *     that is not a valid example; names the row
   * @throws InvalidRequestException while reading, if the data set has changed or a value is
   *     truncated
   */
  @Override
  public Stream<E> examples() {
    return StreamSupport.stream(new PagedRows<>(this), false);
  }

  /**
   * Returns the number of rows. One request, or a complete reading if truncated rows are left out.
   */
  @Override
  public long size() {
    if (leavesOut) {
      try (Stream<E> all = examples()) {
        return all.mapToLong(example -> 1).sum();
      }
    }
    return page(0).total();
  }

  /** Returns the hash of the content. Reads the whole split on the first call. */
  @Override
  public Fingerprint fingerprint() {
    Fingerprint known = fingerprint.get();
    if (known == null) {
      known = Fingerprint.of(this);
      fingerprint.set(known);
    }
    return known;
  }

  /** Returns whether truncated rows are skipped. */
  boolean leavesOut() {
    return leavesOut;
  }

  RowMapping<E> mapping() {
    return mapping;
  }

  /** Returns a page, after checking its commit. */
  RowPage page(long offset) {
    RowPage page = viewer.page(split, offset);
    String shown = page.commit().orElseGet(() -> viewer.commitNow(split));
    if (!shown.equals(commit)) {
      throw viewer.refused(
          "The data set "
              + split.dataset()
              + " was read at commit "
              + commit
              + ", but the dataset viewer now serves "
              + shown
              + ". Call rows() again, after some minutes if the data set has just changed.");
    }
    return page;
  }

  InvalidRequestException truncated(RowPage.Row row, Iterable<String> columns) {
    return viewer.refused(
        "Row "
            + row.index()
            + " of "
            + split
            + " is truncated in "
            + String.join(", ", columns)
            + ". Read the Parquet files (downloadParquet), or skip such rows"
            + " (leavingOutTruncated).");
  }

  @Override
  public String toString() {
    return "Dataset(" + split + " at " + commit + ")";
  }
}
