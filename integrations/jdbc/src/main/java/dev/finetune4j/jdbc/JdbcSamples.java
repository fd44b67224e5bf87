package dev.finetune4j.jdbc;

import dev.finetune4j.evaluation.SampleStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The samples of a claimed run. Thread-safe. */
final class JdbcSamples implements SampleStorage {
  private final JdbcClaim claim;
  private final Database database;
  private final Tables tables;
  private final TextLimit limit;
  private final Set<String> open = new HashSet<>();

  JdbcSamples(JdbcClaim claim, Database database, Tables tables, TextLimit limit) {
    this.claim = claim;
    this.database = database;
    this.tables = tables;
    this.limit = limit;
  }

  @Override
  public Records open(String key) {
    if (!key.matches("[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException(
          "Invalid key of samples \""
              + key
              + "\": use 1 to 60 lower-case letters, digits and hyphens.");
    }
    synchronized (open) {
      if (!open.add(key)) {
        throw new IllegalStateException(
            "Another evaluation is writing to "
                + place(key)
                + ". Wait until it has ended, or use another run.");
      }
    }
    try {
      return new Table(key);
    } catch (RuntimeException e) {
      close(key);
      throw e;
    }
  }

  private void close(String key) {
    synchronized (open) {
      open.remove(key);
    }
  }

  private String place(String key) {
    return tables.sample() + " (run " + claim.run() + ", key " + key + ")";
  }

  /** A record that waits to be written. */
  private static final class Pending {
    private final String record;
    private volatile boolean isWritten;

    Pending(String record) {
      this.record = record;
    }
  }

  /**
   * The rows of one key. Threads that append at the same time share a transaction: one of them
   * writes all waiting records, so that many threads are not slower than one.
   */
  private final class Table implements Records {
    private final String key;
    private final List<String> records;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Pending> waiting = new ArrayList<>();
    private long lastNumber;

    Table(String key) {
      this.key = key;
      this.records = read();
      this.lastNumber = records.size();
    }

    @Override
    public List<String> records() {
      return records;
    }

    @Override
    public void append(String record) {
      limit.require("A sample of run " + claim.run(), record);
      Pending own = new Pending(record);
      synchronized (waiting) {
        waiting.add(own);
      }
      writing.lock();
      try {
        if (!own.isWritten) {
          List<Pending> batch;
          synchronized (waiting) {
            batch = List.copyOf(waiting);
          }
          write(batch);
          batch.forEach(each -> each.isWritten = true);
          synchronized (waiting) {
            waiting.removeAll(batch);
          }
        }
      } finally {
        synchronized (waiting) {
          waiting.remove(own);
        }
        writing.unlock();
      }
    }

    @Override
    public String place() {
      return JdbcSamples.this.place(key);
    }

    @Override
    public void close() {
      JdbcSamples.this.close(key);
    }

    private void write(List<Pending> batch) {
      try {
        database.transaction(connection -> insert(connection, batch));
        lastNumber += batch.size();
      } catch (SQLException e) {
        throw failed("Cannot write a sample to ", e);
      }
    }

    private int insert(Connection connection, List<Pending> batch) throws SQLException {
      claim.renew(connection);
      long number = lastNumber;
      for (Pending each : batch) {
        number++;
        Sql.update(
            connection,
            "INSERT INTO "
                + tables.sample()
                + " (run_id, sample_key, record_number, record) VALUES (?, ?, ?, ?)",
            claim.run().value(),
            key,
            number,
            each.record);
      }
      return batch.size();
    }

    private List<String> read() {
      try {
        return List.copyOf(
            database.transaction(
                connection ->
                    Sql.list(
                        connection,
                        row -> row.getString(1),
                        "SELECT record FROM "
                            + tables.sample()
                            + " WHERE run_id = ? AND sample_key = ? ORDER BY record_number",
                        claim.run().value(),
                        key)));
      } catch (SQLException e) {
        throw failed("Cannot read the samples in ", e);
      }
    }

    private UncheckedIOException failed(String what, SQLException e) {
      return new UncheckedIOException(
          what + place() + ": " + SqlFailure.explain(e), new IOException(e));
    }
  }
}
