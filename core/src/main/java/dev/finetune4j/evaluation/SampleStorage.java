package dev.finetune4j.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * Keeps what an evaluation has measured, as records that are only ever added: one line of JSON for
 * each. Implement this to keep samples elsewhere than in files; a storage needs to know nothing
 * about what is in a record. Thread-safe.
 */
public interface SampleStorage {

  /** Returns a storage with one file for each key in {@code folder}, made when needed. No I/O. */
  static SampleStorage inFolder(Path folder) {
    return new SampleFolder(folder);
  }

  /**
   * Opens the records of a key, or starts them, for one writer.
   *
   * @param key what is measured: 1 to 60 lower-case letters, digits and hyphens
   * @throws IllegalStateException if another writer has the key open, in this process or another
   * @throws java.io.UncheckedIOException if the records cannot be read
   */
  Records open(String key);

  /** The records of one key, open for one writer. Thread-safe. */
  interface Records extends AutoCloseable {

    /** Returns the records that were there when this was opened, in their order. */
    List<String> records();

    /**
     * Adds a record. When this returns, it survives the death of the process.
     *
     * @param record a JSON object in one line
     * @throws java.io.UncheckedIOException if it cannot be kept
     */
    void append(String record);

    /**
     * Makes all records that were added survive a crash of the machine. Other threads may add
     * meanwhile. Does nothing where {@link #append} does that already.
     *
     * @throws java.io.UncheckedIOException if that fails
     */
    default void force() {}

    /** Returns where the records are, such as a file, for messages. */
    String place();

    /** Forces what was added, and lets another writer open the key. */
    @Override
    void close();
  }
}
