package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on disk, found again by the model and the whole question: another evaluation, other
 * graders or a changed data set pay only for what was never asked. Grades of a costly grader can be
 * kept too.
 *
 * <pre>{@code
 * AnswerCache cache = AnswerCache.in(Path.of("answers"));
 * Evaluation.builder(data).grader("judge", cache.grader("judge-v1", judge)).cache(cache).build();
 * }</pre>
 *
 * <p>One small file an answer; nothing is ever dropped, so delete the folder to forget. A file that
 * cannot be read counts as absent; one that cannot be written is logged. Thread-safe, also against
 * other processes.
 */
public final class AnswerCache {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerCache.class);

  private final Path folder;

  private AnswerCache(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /** Returns the cache in a folder, which is made when something is kept. No I/O. */
  public static AnswerCache in(Path folder) {
    return new AnswerCache(folder);
  }

  /**
   * Returns a model that asks {@code model} only what it was never asked: one answer for one
   * question, so not for repeated sampling.
   *
   * @param identity what tells this model from others, for example {@code openai/gpt-4.1-mini}
   */
  public ChatModel model(String identity, ChatModel model) {
    return request -> {
      String key = key(identity, request, 0);
      Optional<KeptAnswer> kept = find(key);
      if (kept.isPresent()) {
        return kept.get().response();
      }
      long start = System.nanoTime();
      ChatResponse response = model.chat(request);
      keep(key, new KeptAnswer(response, Duration.ofNanos(System.nanoTime() - start)));
      return response;
    };
  }

  /**
   * Returns a grader that asks {@code grader} only what it has never judged: worth it for judges
   * that are paid, not for what this machine works out.
   *
   * @param identity what tells this grader from others; change it when its prompt changes
   */
  public Grader grader(String identity, Grader grader) {
    return (example, answer) -> {
      Path file = file(ContentKey.of(question(identity, example, answer)));
      Optional<JsonObject> kept = read(file);
      if (kept.isPresent()) {
        return SampleJson.readGrade(kept.get());
      }
      Grade grade = grader.grade(example, answer);
      write(file, SampleJson.write(grade));
      return grade;
    };
  }

  /** An answer and how long the model took for it. */
  record KeptAnswer(ChatResponse response, Duration latency) {}

  /** Returns the name of the answer to one of several askings of a question. */
  static String key(String model, ChatRequest request, int repetition) {
    return ContentKey.of(
        Json.writeCanonical(
            JsonObject.empty()
                .put("model", model)
                .put("question", QuestionJson.of(request))
                .put("repetition", (long) repetition)
                .asMap()));
  }

  Optional<KeptAnswer> find(String key) {
    Path file = file(key);
    try {
      return read(file)
          .map(
              json ->
                  new KeptAnswer(
                      AnswerJson.read(json), Duration.parse(json.requireString("latency"))));
    } catch (JsonSyntaxException | IllegalArgumentException | DateTimeException e) {
      LOG.warn("{} is no kept answer and is passed over.", file, e);
      return Optional.empty();
    }
  }

  void keep(String key, KeptAnswer answer) {
    write(
        file(key), AnswerJson.write(answer.response()).put("latency", answer.latency().toString()));
  }

  private static String question(String identity, PromptExample example, String answer) {
    JsonObject reference = JsonObject.empty();
    example.reference().forEach((name, value) -> reference.put(name, value.text()));
    return Json.writeCanonical(
        JsonObject.empty()
            .put("grader", identity)
            .put("prompt", QuestionJson.messages(example.prompt()))
            .put("reference", reference)
            .put("answer", answer)
            .asMap());
  }

  private Path file(String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key.substring(2) + ".json");
  }

  private static Optional<JsonObject> read(Path file) {
    try {
      return Optional.of(Json.parseObject(Files.readString(file)));
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    } catch (IOException | JsonSyntaxException e) {
      LOG.warn("{} cannot be read and is passed over.", file, e);
      return Optional.empty();
    }
  }

  private static void write(Path file, JsonObject json) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      AtomicFile.write(file, json.toString());
    } catch (IOException e) {
      LOG.warn("{} cannot be written; the answer is used, and asked again next time.", file, e);
    }
  }
}
