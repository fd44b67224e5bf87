package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.ApiResponse;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Query;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Calls of the Hugging Face Jobs API in one namespace. Thread-safe. */
public final class JobsApi {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");

  private final HuggingFaceHub hub;
  private final @Nullable String chosen;

  /**
   * Creates an instance.
   *
   * @param namespace the owner of the jobs, who is billed; null for the token's account
   */
  public JobsApi(HuggingFaceHub hub, @Nullable String namespace) {
    this.hub = hub;
    chosen = namespace;
  }

  /** Returns the owner of the jobs. At most one request ever. */
  public String namespace() {
    return chosen == null ? hub.account().name() : chosen;
  }

  /** Creates a job, which is billed. Never retried: a lost response is thrown. */
  public JsonObject run(JsonObject order) {
    return hub.transport()
        .send(ApiRequest.post("api/jobs/{owner}", namespace()).json(order), json -> json);
  }

  /** Returns a job. One request. */
  public JsonObject fetch(String id) {
    return hub.transport()
        .send(ApiRequest.get("api/jobs/{owner}/{job}", namespace(), id), json -> json);
  }

  /** Cancels a job. One request. */
  public void cancel(String id) {
    hub.transport()
        .send(
            ApiRequest.post("api/jobs/{owner}/{job}/cancel", namespace(), id)
                .idempotency(Idempotency.SAFE));
  }

  /** A page of jobs, newest first, and the address of the next page. */
  public record Page(List<JsonObject> jobs, Optional<String> next) {}

  /**
   * Returns jobs with a label. One request.
   *
   * @param next the address of the page; null for the first
   */
  public Page list(String label, String value, @Nullable String next) {
    return page(Query.of("label", label + "=" + value), next);
  }

  /**
   * Returns queued and running jobs of any kind. One request.
   *
   * @param next the address of the page; null for the first
   */
  public Page standing(@Nullable String next) {
    return page(Query.of("stage", "RUNNING").and("stage", "SCHEDULING"), next);
  }

  private Page page(Query query, @Nullable String next) {
    ApiRequest first = ApiRequest.get("api/jobs/{owner}", namespace()).query(query);
    ApiResponse answer =
        hub.transport().send(next == null ? first : ApiRequest.get(HttpUrl.get(next)));
    Matcher link = NEXT.matcher(answer.header("Link").orElse(""));
    return new Page(
        answer.jsonList(json -> json), link.find() ? Optional.of(link.group(1)) : Optional.empty());
  }

  /** Returns the kinds of machines and their prices. One request. */
  public List<Flavor> flavors() {
    return hub.transport().send(ApiRequest.get("api/jobs/hardware")).jsonList(Flavor::of);
  }

  /**
   * Returns the log so far. One request of up to 5 seconds.
   *
   * @param known the number of lines already read
   */
  List<ServiceLog.Line> log(String id, long known) {
    return ServiceLog.read(
        hub, ApiRequest.get("api/jobs/{owner}/{job}/logs", namespace(), id), known);
  }
}
