package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A client that knows HTTP and nothing of OpenAI. */
final class Wire {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SimulatedOpenAi openAi;
  private final String key;

  Wire(SimulatedOpenAi openAi) {
    this(openAi, openAi.apiKey());
  }

  Wire(SimulatedOpenAi openAi, String key) {
    this.openAi = openAi;
    this.key = key;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> upload(String path, String fields, String filename, String content)
      throws IOException, InterruptedException {
    StringBuilder body = new StringBuilder();
    for (String field : fields.split("&", -1)) {
      String[] pair = field.split("=", 2);
      if (pair.length == 2) {
        body.append("--edge\r\nContent-Disposition: form-data; name=\"" + pair[0] + "\"\r\n\r\n");
        body.append(pair[1] + "\r\n");
      }
    }
    String name = path.endsWith("/parts") ? "data" : "file";
    body.append("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"");
    body.append(filename + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    body.append(content + "\r\n--edge--\r\n");
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=edge")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  /** Uploads a training file and returns its id. */
  String file(String content) throws IOException, InterruptedException {
    return json(upload("/files", "purpose=fine-tune", "train.jsonl", content)).requireString("id");
  }

  /** Creates a job on a file of ten examples and returns its id. */
  String job(String members) throws IOException, InterruptedException {
    String file = file(examples(10));
    String body = "{\"model\":\"gpt-4.1-mini\",\"training_file\":\"" + file + "\"" + members + "}";
    return json(post("/fine_tuning/jobs", body)).requireString("id");
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(openAi.baseUrl() + path))
        .header("Authorization", "Bearer " + key);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<InputStream> stream(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  static JsonObject json(HttpResponse<String> response) {
    return Json.parseObject(response.body());
  }

  static JsonObject error(HttpResponse<String> response) {
    return json(response).requireObject("error");
  }

  /** Returns the lines of a file whose example number i asks about fruit i. */
  static String examples(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "{\"messages\":[{\"role\":\"user\",\"content\":\"What colour is fruit%d?\"},"
                        .formatted(i)
                    + "{\"role\":\"assistant\",\"content\":\"colour%d\"}]}".formatted(i))
        .collect(Collectors.joining("\n"));
  }
}
