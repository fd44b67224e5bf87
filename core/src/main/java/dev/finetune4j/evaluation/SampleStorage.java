package dev.finetune4j.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * Stores the samples of evaluations in append-only logs of one-line JSON records. Implement this to
 * store samples elsewhere than in files; the content of a record is opaque to a storage.
 * Thread-safe.
 */
public interface SampleStorage {

  /**
   * Returns a storage with one file for each key in {@code folder}, which is created when needed.
   * No I/O.
   */
  static SampleStorage inFolder(Path folder) {
    return new SampleFolder(folder);
  }

  /**
   * Opens or creates the records of a key for one writer.
   *
   * @param key identifies the evaluation: 1 to 60 lower-case letters, digits and hyphens
   * @throws IllegalStateException if another writer has the key open, in this process or another
   * @throws java.io.UncheckedIOException if the records cannot be read
   */
  Records open(String key);

  /** The records of one key, open for one writer. Thread-safe. */
  interface Records extends AutoCloseable {

    /** Returns the records that existed when this was opened, in order. */
    List<String> records();

    /**
     * Appends a record. When this returns, it survives the death of the process.
     *
     * @param record a JSON object in one line
     * @throws java.io.UncheckedIOException if it cannot be stored
     */
    void append(String record);

    /**
     * Makes all appended records survive a crash of the machine. Other threads may append
     * meanwhile. Does nothing if {@link #append} already guarantees that.
     *
     * @throws java.io.UncheckedIOException if that fails
     */
    default void force() {}

    /** Returns the location of the records, such as a file, for messages. */
    String place();

    /** Forces all appended records and releases the key for another writer. */
    @Override
    void close();
  }
}
