package dev.finetune4j.providerkit.webhook;

import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A webhook event with a valid signature. Services repeat an event until it is acknowledged, so the
 * same {@code id} may arrive twice.
 *
 * @param id the service's id of the event
 * @param type the service's name of it: {@code fine_tuning.job.succeeded}
 * @param at when it happened, by the service's clock
 * @param job the job that it is about, empty if it is about something else
 * @param status what the word says of the job, {@link JobStatus#UNRECOGNIZED} if nothing; fetch the
 *     job before relying on it
 * @param json the whole notice as it came
 */
public record WebhookEvent(
    String id,
    String type,
    Instant at,
    Optional<JobReference> job,
    JobStatus status,
    String json) {}
