/**
 * Runs, samples and leases in a relational database, shared by several processes: one owner for
 * each run, taken over after a crash. Start at {@link dev.finetune4j.jdbc.JdbcStore}.
 */
@NullMarked
package dev.finetune4j.jdbc;

import org.jspecify.annotations.NullMarked;
