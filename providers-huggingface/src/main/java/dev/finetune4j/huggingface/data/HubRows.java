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
 * A split of a data set on the Hub, read page by page at each use and never held whole. All of it
 * is of one commit: where the repository has moved since, reading stops with an error, so that the
 * fingerprint, which is over the content as everywhere, stands for that commit. Thread-safe.
 *
 * <p>A row with a value that the server has cut short, in a column that counts, stops the reading
 * too, unless {@link #leavingOutTruncated} is asked for; the Parquet files hold all of it.
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
   * Returns this set without the rows that the server has cut short; {@link #size} reads it all.
   */
  public HubRows<E> leavingOutTruncated() {
    return new HubRows<>(viewer, split, mapping, commit, true);
  }

  /** Returns the commit of the data set that the rows are of, 40 hexadecimal digits. */
  public String commit() {
    return commit;
  }

  /**
   * Returns whether the Hub has looked at the first 5 GB of the split only, so that rows are
   * missing. One request.
   */
  public boolean isPartial() {
    return page(0).isPartial();
  }

  /** Returns data set, configuration and split. */
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
   * @throws dev.finetune4j.dataset.MalformedExampleException while reading, at the first row that
   *     is no example; names the row
   * @throws InvalidRequestException while reading, if the data set has changed or a value is cut
   */
  @Override
  public Stream<E> examples() {
    return StreamSupport.stream(new PagedRows<>(this), false);
  }

  /** Returns how many there are. One request, or a whole reading without what is cut short. */
  @Override
  public long size() {
    if (leavesOut) {
      try (Stream<E> all = examples()) {
        return all.mapToLong(example -> 1).sum();
      }
    }
    return page(0).total();
  }

  /** Returns the hash over the content. Reads the whole split at the first call. */
  @Override
  public Fingerprint fingerprint() {
    Fingerprint known = fingerprint.get();
    if (known == null) {
      known = Fingerprint.of(this);
      fingerprint.set(known);
    }
    return known;
  }

  /** Returns whether rows that the server has cut short are passed over. */
  boolean leavesOut() {
    return leavesOut;
  }

  RowMapping<E> mapping() {
    return mapping;
  }

  /** Returns a page, which must be of the commit. */
  RowPage page(long offset) {
    RowPage page = viewer.page(split, offset);
    String shown = page.commit().orElseGet(() -> viewer.commitNow(split));
    if (!shown.equals(commit)) {
      throw viewer.refused(
          "The data set "
              + split.dataset()
              + " was read at commit "
              + commit
              + ", and the server of data sets shows "
              + shown
              + ". Ask for rows() again; if it was changed a moment ago, in some minutes.");
    }
    return page;
  }

  InvalidRequestException truncated(RowPage.Row row, Iterable<String> columns) {
    return viewer.refused(
        "Row "
            + row.index()
            + " of "
            + split
            + " is cut short in "
            + String.join(", ", columns)
            + ". Read the Parquet files (downloadParquet), or leave such rows out"
            + " (leavingOutTruncated).");
  }

  @Override
  public String toString() {
    return "Dataset(" + split + " at " + commit + ")";
  }
}
