package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import java.util.List;

/** Calls of the Inference Endpoints API in one namespace. Thread-safe. */
public final class EndpointsApi {
  private static final String ONE = "endpoint/{owner}/{endpoint}";

  private final HttpTransport transport;
  private final HuggingFaceHub hub;
  private final EndpointAccess access;

  /**
   * Creates an instance.
   *
   * @param transport to the service, with the token of the Hub
   */
  public EndpointsApi(HttpTransport transport, HuggingFaceHub hub, EndpointAccess access) {
    this.transport = transport;
    this.hub = hub;
    this.access = access;
  }

  String namespace() {
    String chosen = access.namespace();
    return chosen == null ? hub.account().name() : chosen;
  }

  String token() {
    return access.token().get();
  }

  /** Returns the kinds of machines and their prices. One request. */
  public List<Machine> machines() {
    return transport.send(ApiRequest.get("provider/{owner}", namespace()), Machine::all);
  }

  /** Creates an endpoint, which is billed. Never retried: a lost response is thrown. */
  JsonObject create(JsonObject order) {
    return transport.send(
        ApiRequest.post("endpoint/{owner}", namespace()).json(order), json -> json);
  }

  JsonObject fetch(String name) {
    return transport.send(ApiRequest.get(ONE, namespace(), name), json -> json);
  }

  List<JsonObject> list() {
    return transport.send(
        ApiRequest.get("endpoint/{owner}", namespace()), json -> json.objects("items"));
  }

  void delete(String name) {
    transport.send(ApiRequest.delete(ONE, namespace(), name));
  }

  /** Changes only the given members; an image must be complete. One request. */
  public JsonObject update(String name, JsonObject change) {
    return transport.send(ApiRequest.put(ONE, namespace(), name).json(change), json -> json);
  }

  /** Stops it until it is resumed; it is not billed and has no machine. One request. */
  public void pause(String name) {
    verb(name, "pause");
  }

  /** Scales it to zero until the next request; it is not billed. One request. */
  public void scaleToZero(String name) {
    verb(name, "scale-to-zero");
  }

  /** Resumes it; does nothing if it is running. One request. */
  public void resume(String name) {
    try {
      verb(name, "resume");
    } catch (InvalidRequestException e) {
      if (!e.failure().message().contains("already running")) {
        throw e;
      }
    }
  }

  private void verb(String name, String verb) {
    transport.send(
        ApiRequest.post(ONE + "/" + verb, namespace(), name).idempotency(Idempotency.SAFE));
  }
}
