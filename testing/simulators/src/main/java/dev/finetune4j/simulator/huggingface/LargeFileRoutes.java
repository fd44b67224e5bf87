package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Upload addresses of large files and the check that they arrived (reference: section 1.4). */
final class LargeFileRoutes {
  private static final String LFS = "application/vnd.git-lfs+json";

  private final HubState state;

  LargeFileRoutes(HubState state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    for (String kind : List.of("model", "dataset", "space")) {
      String page = kind.equals("model") ? "" : "/" + kind + "s";
      String path = page + "/{owner}/{name}/info/lfs/objects";
      routes
          .add("POST", path + "/batch", request -> batch(kind, request))
          .add("POST", path + "/verify", request -> verify(kind, request));
    }
    routes.add("POST", "/api/complete_multipart", this::complete);
  }

  private SimulatedResponse batch(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    state.requireToken(request);
    requireLfs(request);
    JsonObject body = request.json();
    boolean parts = body.list("transfers").contains("multipart");
    boolean parted = false;
    List<Object> objects = new ArrayList<>();
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      for (JsonObject object : body.objects("objects")) {
        String sha256 = object.requireString("oid");
        long size = object.requireLong("size");
        JsonObject said = JsonObject.empty().put("oid", sha256).put("size", size);
        if (!sha256.matches("[0-9a-f]{64}") || size <= 0) {
          JsonObject error =
              JsonObject.empty().put("code", 422).put("message", "Invalid object size");
          objects.add(said.put("error", error).asMap());
          continue;
        }
        if (!state.objects.containsKey(sha256)) {
          boolean several = parts && size > state.settings.partBytes;
          parted |= several;
          JsonObject verify =
              JsonObject.empty()
                  .put(
                      "href",
                      state.hubUrl + "/" + folder(repository) + ".git/info/lfs/objects/verify");
          JsonObject actions =
              JsonObject.empty()
                  .put("upload", several ? several(sha256, size) : one(sha256))
                  .put("verify", verify);
          said.put("authenticated", true).put("actions", actions);
        }
        objects.add(said.asMap());
      }
    }
    return SimulatedResponse.json(
        JsonObject.empty().put("transfer", parted ? "multipart" : "basic").put("objects", objects));
  }

  private static String folder(Repository repository) {
    return (repository.kind.equals("model") ? "" : repository.kind + "s/") + repository.name;
  }

  private JsonObject one(String sha256) {
    String href = state.storeUrl + "/objects/" + sha256 + "?" + Signature.until(state.now());
    return JsonObject.empty().put("href", href).put("header", JsonObject.empty());
  }

  private JsonObject several(String sha256, long size) {
    String id = state.ids.next("upload-", 20);
    state.uploads.put(id, new MultipartObject(sha256, size));
    long part = state.settings.partBytes;
    JsonObject header = JsonObject.empty().put("chunk_size", String.valueOf(part));
    String signed = Signature.until(state.now());
    for (int number = 1; number <= (size + part - 1) / part; number++) {
      header.put(
          "%05d".formatted(number), state.storeUrl + "/parts/" + id + "/" + number + "?" + signed);
    }
    String href = state.hubUrl + "/api/complete_multipart?uploadId=" + id + "&" + signed;
    return JsonObject.empty().put("href", href).put("header", header);
  }

  private SimulatedResponse complete(SimulatedRequest request) throws ErrorResponseException {
    Signature.check(request, state.now());
    requireLfs(request);
    JsonObject body = request.json();
    List<String> tags = body.objects("parts").stream().map(p -> p.requireString("etag")).toList();
    synchronized (state) {
      MultipartObject upload = state.uploads.get(request.query("uploadId").orElse(""));
      if (upload == null
          || !upload.hasParts(tags)
          || upload.arrived() != upload.size
          || !upload.sha256.equals(body.requireString("oid"))) {
        throw HubErrors.invalid("The parts are not those of the upload");
      }
      StoredObject whole = upload.whole();
      StoredContent content = whole.content();
      if (content != null
          && !Hashes.copy(content.open(), OutputStream.nullOutputStream())
              .sha256()
              .equals(upload.sha256)) {
        throw HubErrors.invalid("The content has another SHA-256");
      }
      state.objects.put(upload.sha256, whole);
      state.objectsSent++;
      return SimulatedResponse.json(JsonObject.empty());
    }
  }

  private SimulatedResponse verify(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    state.requireToken(request);
    JsonObject body = request.json();
    synchronized (state) {
      state.repository(kind, request);
      StoredObject object = state.objects.get(body.requireString("oid"));
      if (object == null || object.size() != body.requireLong("size")) {
        throw new ErrorResponseException(HubErrors.of(404, "Object is not stored"));
      }
      return SimulatedResponse.json(JsonObject.empty());
    }
  }

  private static void requireLfs(SimulatedRequest request) throws ErrorResponseException {
    if (!request.header("Content-Type").orElse("").startsWith(LFS)) {
      throw new ErrorResponseException(HubErrors.of(415, "Send " + LFS));
    }
  }
}
