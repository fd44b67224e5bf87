package dev.finetune4j.grading.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to the database on which {@link SqlGrader} runs answers: {@code
 * dataSource::getConnection}, or one of {@link java.sql.DriverManager}. Thread-safe.
 */
@FunctionalInterface
public interface ConnectionSource {

  /** Returns a connection that the caller closes. */
  Connection open() throws SQLException;
}
