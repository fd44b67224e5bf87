package dev.finetune4j.providerkit;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The outcome of one HTTP request. Immutable; thread-safe.
 *
 * @param call method and path template, for example {@code GET files/{file}}
 * @param number which request of the call it was, from 1
 * @param status the HTTP status, empty if no answer came
 * @param duration from the start of the request to the end of its answer
 * @param requestId the service's own id of it, empty if it gave none
 * @param bytesSent the size of the request's body; 0 if no answer came
 * @param bytesReceived the size of the answer's body as far as it was read
 */
public record AttemptReport(
    String call,
    int number,
    OptionalInt status,
    Duration duration,
    Optional<String> requestId,
    long bytesSent,
    long bytesReceived) {}
