package dev.finetune4j.cost;

import java.time.Instant;
import java.util.Optional;

/**
 * An item that was or will be paid for. A later entry with the same id replaces an earlier one:
 * first the estimate, then the actual cost.
 *
 * @param id unique within a run, for example {@code training}
 * @param at when it was written
 * @param what in words, for example {@code training of gpt-4.1-mini}
 * @param estimated what it should cost; empty if unknown
 * @param actual what it did cost; empty if not known yet
 */
public record LedgerEntry(
    String id, Instant at, String what, Optional<Money> estimated, Optional<Money> actual) {}
