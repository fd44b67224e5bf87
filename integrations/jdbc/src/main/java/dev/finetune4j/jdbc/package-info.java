/**
 * Runs, samples and leases in a relational database that several processes share. Start at {@link
 * dev.finetune4j.jdbc.JdbcStore}.
 */
@NullMarked
package dev.finetune4j.jdbc;

import org.jspecify.annotations.NullMarked;
