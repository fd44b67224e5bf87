package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.testkit.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A walk over all routes of the simulator, through good answers and refusals. */
public final class OpenAiTour {
  private final FakeClock time;
  private final Wire wire;
  private final Wire admin;

  /** Makes a walk. */
  public OpenAiTour(SimulatedOpenAi openAi, FakeClock time) {
    this.time = time;
    this.wire = new Wire(openAi);
    this.admin = new Wire(openAi, openAi.adminKey());
  }

  /** Visits every route. */
  public void walk() throws Exception {
    emptyLists();
    files();
    uploads();
    String model = supervised();
    preference();
    reinforcement();
    listModels();
    chat("\"logprobs\":true,\"top_logprobs\":2");
    chat("\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    String input = "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"]%s}";
    wire.post("/embeddings", input.formatted(""));
    wire.post("/embeddings", input.formatted(",\"encoding_format\":\"base64\""));
    batches(model);
    graders();
    wire.get("/models/" + model);
    wire.delete("/models/" + model);
    wire.delete("/models/gpt-4.1");
  }

  /** Asks for the models. */
  public void listModels() throws Exception {
    wire.get("/models");
  }

  /** Asks a base model, with these members beside the model and the messages. */
  public void chat(String members) throws Exception {
    wire.post(
        "/chat/completions",
        "{\"model\":\"gpt-4.1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],%s}"
            .formatted(members));
  }

  private void emptyLists() throws Exception {
    for (String path : List.of("/files", "/fine_tuning/jobs", "/batches")) {
      wire.get(path);
    }
  }

  private void files() throws Exception {
    String fields = "purpose=evals&expires_after[anchor]=created_at&expires_after[seconds]=7200";
    String id = Wire.json(wire.upload("/files", fields, "items.jsonl", "{}")).requireString("id");
    wire.get("/files?purpose=evals&limit=5&order=asc");
    wire.get("/files/" + id);
    wire.get("/files/" + id + "/content");
    wire.delete("/files/" + id);
    wire.get("/files/" + id);
    wire.upload("/files", "purpose=fine-tune", "items.csv", "{}");
  }

  private void uploads() throws Exception {
    String announced =
        "{\"filename\":\"a.jsonl\",\"purpose\":\"fine-tune\",\"bytes\":4,\"mime_type\":\"text/jsonl\"}";
    String first = Wire.json(wire.post("/uploads", announced)).requireString("id");
    String part =
        Wire.json(wire.upload("/uploads/" + first + "/parts", "", "p", "{}{}")).requireString("id");
    wire.post("/uploads/" + first + "/complete", "{\"part_ids\":[\"" + part + "\"]}");
    String second = Wire.json(wire.post("/uploads", announced)).requireString("id");
    wire.post("/uploads/" + second + "/cancel", "");
    wire.post("/uploads/" + second + "/cancel", "");
  }

  private String supervised() throws Exception {
    String id =
        wire.job(
            ",\"suffix\":\"tour\",\"seed\":3,\"metadata\":{\"k\":\"v\"},\"validation_file\":\""
                + wire.file(Wire.examples(10))
                + "\"");
    String job = "/fine_tuning/jobs/" + id;
    wire.get(job);
    wire.post(job + "/pause", "");
    wire.post(job + "/resume", "");
    time.advance(Duration.ofHours(1));
    wire.get(job + "/events?limit=7");
    wire.get("/fine_tuning/jobs?limit=1&metadata%5Bk%5D=v");
    String cancelled = wire.job("");
    wire.post("/fine_tuning/jobs/" + cancelled + "/cancel", "");
    JsonObject checkpoint = Wire.json(wire.get(job + "/checkpoints")).objects("data").get(1);
    String shared = checkpoint.requireString("fine_tuned_model_checkpoint").replace(":", "%3A");
    permissions("/fine_tuning/checkpoints/" + shared + "/permissions");
    return Wire.json(wire.get(job)).requireString("fine_tuned_model");
  }

  private void permissions(String path) throws IOException, InterruptedException {
    String made =
        Wire.json(admin.post(path, "{\"project_ids\":[\"proj_a\"]}"))
            .objects("data")
            .get(0)
            .requireString("id");
    admin.get(path + "?limit=2&order=ascending&project_id=proj_a");
    admin.delete(path + "/" + made);
    admin.get(path);
    wire.get(path);
  }

  private void preference() throws Exception {
    String line =
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]},"
            + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"good\"}],"
            + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"bad\"}]}\n";
    create(line, "dpo", "{\"hyperparameters\":{\"beta\":0.2}}", "gpt-4.1");
  }

  private void reinforcement() throws Exception {
    String line = "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],\"answer\":\"a\"}\n";
    String grader =
        "{\"type\":\"multi\",\"name\":\"m\",\"calculate_output\":\"a\",\"graders\":{\"a\":%s}}"
            .formatted(stringCheck());
    String details =
        "{\"grader\":%s,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{}}}";
    create(line, "reinforcement", details.formatted(grader), "o4-mini");
  }

  private void create(String line, String method, String details, String model) throws Exception {
    String training = wire.file(line.repeat(10));
    String validation = wire.file(line.repeat(10));
    String body =
        "{\"model\":\"%s\",\"training_file\":\"%s\",\"validation_file\":\"%s\",\"method\":{\"type\":\"%s\",\"%s\":%s}}"
            .formatted(model, training, validation, method, method, details);
    String id = Wire.json(wire.post("/fine_tuning/jobs", body)).requireString("id");
    time.advance(Duration.ofHours(1));
    wire.get("/fine_tuning/jobs/" + id);
    wire.get("/fine_tuning/jobs/" + id + "/events");
    wire.get("/fine_tuning/jobs/" + id + "/checkpoints");
  }

  private void batches(String model) throws Exception {
    String line =
        "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
            + "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"fruit1\"}]}}"
                .formatted(model);
    for (String content : List.of(line, "no JSON")) {
      String file =
          Wire.json(wire.upload("/files", "purpose=batch", "batch.jsonl", content))
              .requireString("id");
      String body =
          "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}"
              .formatted(file);
      String id = Wire.json(wire.post("/batches", body)).requireString("id");
      time.advance(Duration.ofHours(1));
      wire.get("/batches/" + id);
      wire.post("/batches/" + id + "/cancel", "");
    }
    wire.get("/batches?limit=1");
  }

  private void graders() throws Exception {
    String grader = "{\"grader\":" + stringCheck();
    wire.post("/fine_tuning/alpha/graders/validate", grader + "}");
    wire.post(
        "/fine_tuning/alpha/graders/run",
        grader + ",\"item\":{\"answer\":\"a\"},\"model_sample\":\"a\"}");
  }

  private static String stringCheck() {
    return "{\"type\":\"string_check\",\"name\":\"a\",\"operation\":\"eq\","
        + "\"input\":\"{{sample.output_text}}\",\"reference\":\"{{item.answer}}\"}";
  }
}
