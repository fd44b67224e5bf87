package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The check before a commit, and the commit (reference: section 1.4). */
final class CommitRoutes {
  private static final List<String> LARGE_KINDS =
      List.of(".safetensors", ".bin", ".gguf", ".parquet", ".pt");

  private final HubState state;

  CommitRoutes(HubState state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    for (String kind : List.of("model", "dataset", "space")) {
      String path = "/api/" + kind + "s/{owner}/{name}";
      routes
          .add("POST", path + "/preupload/{rev}", request -> preupload(kind, request))
          .add("POST", path + "/commit/{rev}", request -> commit(kind, request));
    }
  }

  private SimulatedResponse preupload(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    state.requireToken(request);
    JsonObject body = request.json();
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      String commit = repository.resolve(request.variable("rev"));
      List<Object> files = new ArrayList<>();
      for (JsonObject file : body.objects("files")) {
        String path = file.requireString("path");
        file.requireString("sample");
        boolean large = isLarge(path, file.requireLong("size"));
        JsonObject said =
            JsonObject.empty()
                .put("path", path)
                .put("uploadMode", large ? "lfs" : "regular")
                .put("shouldIgnore", false);
        RepositoryFile there = repository.files(commit).get(path);
        files.add(said.putIfPresent("oid", there == null ? null : there.contentId()).asMap());
      }
      return SimulatedResponse.json(
          JsonObject.empty().put("files", files).put("commitOid", commit));
    }
  }

  private boolean isLarge(String path, long size) {
    return size >= state.settings.largeFileBytes || LARGE_KINDS.stream().anyMatch(path::endsWith);
  }

  private SimulatedResponse commit(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    state.requireToken(request);
    if (!request.header("Content-Type").orElse("").startsWith("application/x-ndjson")) {
      throw HubErrors.invalid("A commit is sent as application/x-ndjson");
    }
    List<JsonObject> lines = request.text().lines().map(Json::parseObject).toList();
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      String branch = request.variable("rev");
      String head = repository.resolve(branch);
      TreeMap<String, RepositoryFile> files = new TreeMap<>(repository.files(head));
      for (JsonObject line : lines) {
        apply(line.requireString("key"), line.requireObject("value"), files, head);
      }
      String commit = repository.commit(branch, files);
      state.commits++;
      return SimulatedResponse.json(
          JsonObject.empty()
              .put("success", true)
              .put("commitOid", commit)
              .put("commitUrl", state.hubUrl + "/" + repository.name + "/commit/" + commit)
              .put("hookOutput", ""));
    }
  }

  private void apply(String key, JsonObject value, Map<String, RepositoryFile> files, String head)
      throws ErrorResponseException {
    switch (key) {
      case "header" -> {
        value.requireString("summary");
        if (!value.findString("parentCommit").orElse(head).equals(head)) {
          throw new ErrorResponseException(
              HubErrors.of(412, "A commit has happened since. Please refresh and try again."));
        }
      }
      case "file" -> files.put(value.requireString("path"), RepositoryFile.small(bytes(value)));
      case "lfsFile" -> {
        String sha256 = value.requireString("oid");
        StoredObject object = state.objects.get(sha256);
        if (object == null) {
          throw HubErrors.invalid("LFS pointer pointed to a file that does not exist");
        }
        files.put(value.requireString("path"), RepositoryFile.large(sha256, object));
      }
      case "deletedFile" -> {
        if (files.remove(value.requireString("path")) == null) {
          throw HubErrors.noEntry();
        }
      }
      case "deletedFolder" -> {
        String folder = value.requireString("path").replaceAll("/*$", "/");
        files.keySet().removeIf(path -> path.startsWith(folder));
      }
      default -> throw HubErrors.invalid("Unknown operation " + key);
    }
  }

  private static byte[] bytes(JsonObject value) {
    String content = value.requireString("content");
    return value.findString("encoding").orElse("utf-8").equals("base64")
        ? Base64.getDecoder().decode(content)
        : content.getBytes(StandardCharsets.UTF_8);
  }
}
