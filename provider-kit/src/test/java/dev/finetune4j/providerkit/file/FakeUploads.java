package dev.finetune4j.providerkit.file;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.Served;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Takes files in parts as the dialect says, and fails on request. */
final class FakeUploads extends Dispatcher {
  final List<String> paths = new CopyOnWriteArrayList<>();
  final Map<String, String> parts = new ConcurrentHashMap<>();
  volatile JsonObject begun = JsonObject.empty();
  volatile JsonObject completed = JsonObject.empty();
  volatile String refusedPart = "none";
  volatile boolean losesCompletion;
  volatile String list = "{\"data\":[]}";
  volatile Runnable onPart = () -> {};

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String path = request.getUrl().encodedPath();
    paths.add(path);
    if (path.endsWith("/uploads")) {
      begun = body(request);
      return Served.answer(200, "{\"id\":\"upload_1\"}");
    } else if (path.endsWith("/parts")) {
      return part(request);
    } else if (path.endsWith("/complete")) {
      completed = body(request);
      list = "{\"data\":[" + file() + "]}";
      return losesCompletion ? Served.lost() : Served.answer(200, "{\"file\":" + file() + "}");
    } else if (path.endsWith("/cancel")) {
      return Served.answer(200, "{\"status\":\"cancelled\"}");
    }
    return Served.answer(200, list);
  }

  /** Returns the parts in the order in which the completion named them. */
  String whole() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (Object id : completed.list("part_ids")) {
      whole.writeBytes(parts.getOrDefault(String.valueOf(id), "").getBytes(StandardCharsets.UTF_8));
    }
    return whole.toString(StandardCharsets.UTF_8);
  }

  List<String> ends() {
    List<String> ends = new ArrayList<>();
    paths.forEach(path -> ends.add(path.substring(path.lastIndexOf('/') + 1)));
    return ends;
  }

  private MockResponse part(RecordedRequest request) {
    onPart.run();
    String content = request.getBody().utf8().replaceAll("(?s)^.*?\r\n\r\n(.*)\r\n--.*$", "$1");
    if (content.contains(refusedPart)) {
      return Served.answer(400, "{\"error\":{\"message\":\"bad part\"}}");
    }
    String id = "part_" + parts.size() + "_" + content.hashCode();
    parts.put(id, content);
    return Served.answer(200, "{\"id\":\"" + id + "\"}");
  }

  private String file() {
    return JsonObject.empty()
        .put("id", "file-9")
        .put("filename", begun.requireString("filename"))
        .put("bytes", begun.requireLong("bytes"))
        .toString();
  }

  private static JsonObject body(RecordedRequest request) {
    return Json.parseObject(request.getBody().utf8());
  }
}
