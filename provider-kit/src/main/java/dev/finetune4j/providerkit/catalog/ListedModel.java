package dev.finetune4j.providerkit.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A model in the list of a service.
 *
 * @param name its name in requests
 * @param owner the owner that the service names, or empty
 * @param createdAt its creation time; the epoch if the service does not say
 * @param answersUntil the day on which it is shut down, empty if none is announced
 */
public record ListedModel(
    String name, String owner, Instant createdAt, Optional<LocalDate> answersUntil) {}
