package dev.finetune4j.azure;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.azure.AzureProvider.CheckpointCopy;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Polling;
import java.util.List;
import java.util.Set;

/**
 * Copies checkpoints to other resources and regions. A preview feature of the service, available
 * only in the {@code /openai/v1} API. Thread-safe.
 */
record AzureCheckpointCopies(HttpTransport transport, Time time) {
  private static final String PATH = "fine_tuning/jobs/{job}/checkpoints/{checkpoint}/copy";
  private static final Set<String> TERMINAL_STATUSES = Set.of("Completed", "Failed");
  private static final String PREVIEW = "aoai-copy-ft-checkpoints";

  /** Starts a copy and polls until it has completed. */
  CheckpointCopy copy(
      JobReference job, String checkpoint, CheckpointCopy target, PollingSchedule schedule)
      throws InterruptedException {
    JsonObject body =
        JsonObject.empty()
            .put("destinationResourceId", target.destinationResourceId())
            .put("region", target.region());
    // Idempotent: a repeated request for the same destination makes one copy.
    ApiRequest start =
        ApiRequest.post(PATH, job.id(), checkpoint).json(body).idempotency(Idempotency.SAFE);
    CheckpointCopy copy =
        Polling.of(schedule, time)
            .until(
                send(start, target),
                () -> send(ApiRequest.get(PATH, job.id(), checkpoint), target),
                seen -> TERMINAL_STATUSES.contains(seen.status()),
                seen ->
                    new ProviderUnavailableException(failure(seen, "is still in progress"), null));
    if (copy.status().equals("Failed")) {
      throw new InvalidRequestException(
          failure(
              copy,
              "failed. The destination needs a fine-tuning job of its own, public"
                  + " network access, and a role for this resource's identity"));
    }
    return copy;
  }

  private CheckpointCopy send(ApiRequest call, CheckpointCopy target) {
    return transport.send(
        call.header(PREVIEW, "preview").header("Accept", "application/json"),
        answer -> read(answer, target));
  }

  private static CheckpointCopy read(JsonObject answer, CheckpointCopy target) {
    String model = answer.findString("checkpointedModelName").orElse("");
    List<JsonObject> accounts = answer.objects("copiedAccountDetails");
    String status =
        accounts.stream()
            .filter(
                account ->
                    target
                        .destinationResourceId()
                        .equalsIgnoreCase(account.findString("destinationResourceId").orElse("")))
            .findFirst()
            .flatMap(account -> account.findString("status"))
            .orElse("InProgress");
    return new CheckpointCopy(target.destinationResourceId(), target.region(), model, status);
  }

  private static ProviderFailure failure(CheckpointCopy copy, String what) {
    return ProviderFailure.of(
        AzureProvider.ID,
        "The copy to " + copy.destinationResourceId() + " in " + copy.region() + " " + what + ".");
  }
}
