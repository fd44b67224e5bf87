package dev.finetune4j.huggingface.internal.space;

import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.internal.job.ServiceLog;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Idempotency;
import java.time.Duration;
import java.util.List;

/** Calls for a Space, besides those for its repository. Thread-safe. */
final class SpacesApi {
  private final HuggingFaceHub hub;

  SpacesApi(HuggingFaceHub hub) {
    this.hub = hub;
  }

  /** Returns the state of the Space. One request. */
  JsonObject runtime(String name) {
    return hub.transport().send(ApiRequest.get(path("runtime"), segments(name)), json -> json);
  }

  /** Sets a secret, which only its program can read. One request. */
  void secret(String name, String key, String value) {
    change(name, "secrets", JsonObject.empty().put("key", key).put("value", value));
  }

  /** Sets a variable, which anyone with access to the Space can read. One request. */
  void variable(String name, String key, String value) {
    change(name, "variables", JsonObject.empty().put("key", key).put("value", value));
  }

  /** Sets the idle time after which it sleeps and is not billed. One request. */
  void sleepAfter(String name, Duration time) {
    change(name, "sleeptime", JsonObject.empty().put("seconds", time.toSeconds()));
  }

  /** Sets the machine, which is billed. One request. */
  void hardware(String name, String flavor) {
    change(name, "hardware", JsonObject.empty().put("flavor", flavor));
  }

  /** Returns its log so far. One request of up to 5 seconds. */
  List<ServiceLog.Line> log(String name, long known) {
    return ServiceLog.read(
        hub, ApiRequest.get("api/spaces/{owner}/{name}/logs/run", segments(name)), known);
  }

  private void change(String name, String what, JsonObject body) {
    hub.transport()
        .send(ApiRequest.post(path(what), segments(name)).json(body).idempotency(Idempotency.SAFE));
  }

  private static String path(String what) {
    return "api/spaces/{owner}/{name}/" + what;
  }

  private static String[] segments(String name) {
    return name.split("/", 2);
  }
}
