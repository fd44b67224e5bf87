package dev.finetune4j.providerkit.job;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who else may ask a checkpoint: other projects of the organisation. Takes an administrator's key,
 * which no other call gets. Blocking and thread-safe; the transport belongs to the caller.
 */
public final class CheckpointPermissions {
  private static final String PATH = "fine_tuning/checkpoints/{checkpoint}/permissions";
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 1_000;

  private final HttpTransport transport;
  private final Credential administrator;

  /** Makes the calls of one service. */
  public CheckpointPermissions(HttpTransport transport, Credential administrator) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.administrator = Objects.requireNonNull(administrator, "administrator");
  }

  /**
   * A project's leave to use a checkpoint.
   *
   * @param id the service's id of it
   * @param projectId the project
   * @param grantedAt when it was given
   */
  public record Permission(String id, String projectId, Instant grantedAt) {}

  /** Returns the permissions of a checkpoint's model. One request for each 100. */
  public List<Permission> list(String checkpointModel) {
    List<Permission> all = new ArrayList<>();
    Query query = Query.of("limit", PAGE);
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonObject answer =
          transport
              .send(ApiRequest.get(PATH, checkpointModel).query(query).credential(administrator))
              .json(json -> json);
      all.addAll(read(answer));
      if (!answer.findBoolean("has_more").orElse(false) || all.isEmpty()) {
        break;
      }
      query = Query.of("limit", PAGE).and("after", all.get(all.size() - 1).id());
    }
    return all;
  }

  /** Lets projects use a checkpoint's model; existing permissions stay unchanged. One request. */
  public List<Permission> grant(String checkpointModel, List<String> projectIds) {
    JsonObject body = JsonObject.empty().put("project_ids", projectIds);
    return transport
        .send(
            ApiRequest.post(PATH, checkpointModel)
                .json(body)
                .credential(administrator)
                .idempotency(Idempotency.SAFE))
        .json(CheckpointPermissions::read);
  }

  /** Takes a permission back. One request. */
  public void revoke(String checkpointModel, Permission permission) {
    transport.send(
        ApiRequest.delete(PATH + "/{permission}", checkpointModel, permission.id())
            .credential(administrator));
  }

  private static List<Permission> read(JsonObject answer) {
    return answer.objects("data").stream()
        .map(
            item ->
                new Permission(
                    item.requireString("id"),
                    item.findString("project_id").orElse(""),
                    Instant.ofEpochSecond(item.findLong("created_at").orElse(0))))
        .toList();
  }
}
