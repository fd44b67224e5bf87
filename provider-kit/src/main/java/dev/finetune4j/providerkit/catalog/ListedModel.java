package dev.finetune4j.providerkit.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A model as the service lists it.
 *
 * @param name what it is asked under
 * @param owner whose it is, in the service's words; empty if it does not say
 * @param createdAt when it was made; the epoch if the service does not say
 * @param answersUntil the day on which it is shut down, empty if none is announced
 */
public record ListedModel(
    String name, String owner, Instant createdAt, Optional<LocalDate> answersUntil) {}
