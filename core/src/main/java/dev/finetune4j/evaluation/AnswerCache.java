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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on disk, keyed by the model and the whole request. Another evaluation with other graders
 * or a changed data set pays only for new questions. The grades of a costly grader can be cached
 * too.
 *
 * <pre>{@code
 * AnswerCache cache = AnswerCache.in(Path.of("answers"));
 * Evaluation.builder(data).grader("judge", cache.grader("judge-v1", judge)).cache(cache).build();
 * }</pre>
 *
 * <p>Each answer is one small file. Nothing expires; delete the folder to clear the cache. A file
 * that cannot be read is ignored, and a failure to write one is logged. Thread-safe, also with
 * other processes.
 */
public final class AnswerCache {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerCache.class);

  private final Path folder;

  private AnswerCache(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /** Returns the cache in a folder, which is created on the first write. No I/O. */
  public static AnswerCache in(Path folder) {
    return new AnswerCache(folder);
  }

  /**
   * Returns a model that sends each distinct request to {@code model} once and repeats that answer
   * afterwards, so it is unsuitable for repeated sampling.
   *
   * @param identity identifies the model in the cache, for example {@code openai/gpt-4.1-mini}
   */
  public ChatModel model(String identity, ChatModel model) {
    return request -> {
      String key = key(identity, request, 0);
      Optional<CachedAnswer> kept = find(key);
      if (kept.isPresent()) {
        return kept.get().response();
      }
      long start = System.nanoTime();
      ChatResponse response = model.chat(request);
      put(key, new CachedAnswer(response, Duration.ofNanos(System.nanoTime() - start)));
      return response;
    };
  }

  /**
   * Returns a grader that passes each distinct answer to {@code grader} once. Useful for paid
   * judges, not for graders that run locally.
   *
   * @param identity identifies the grader in the cache; change it when the judge's prompt changes
   */
  public Grader grader(String identity, Grader grader) {
    Grader caching =
        (example, answer) -> {
          Path file = file(gradeKey(identity, example, answer));
          Optional<JsonObject> kept = read(file);
          if (kept.isPresent()) {
            return SampleJson.readGrade(kept.get());
          }
          Grade grade = grader.grade(example, answer);
          write(file, SampleJson.write(grade));
          return grade;
        };
    return caching.named(grader.name()).withVersion(identity + ": " + grader.version());
  }

  /** An answer and how long the model took. */
  record CachedAnswer(ChatResponse response, Duration latency) {}

  /** The answers of one alternative, if there is a cache. Thread-safe. */
  record CachedAnswers(@Nullable AnswerCache cache, String model) {
    Optional<CachedAnswer> find(Question question) {
      return cache == null ? Optional.empty() : cache.find(key(question));
    }

    void put(Question question, ChatResponse response, Duration latency) {
      if (cache != null) {
        cache.put(key(question), new CachedAnswer(response, latency));
      }
    }

    private String key(Question question) {
      return AnswerCache.key(model, question.request(), question.key().repetition());
    }
  }

  private static String key(String model, ChatRequest request, int repetition) {
    return hash(
        JsonObject.empty()
            .put("model", model)
            .put("question", ChatJson.request(request))
            .put("repetition", (long) repetition));
  }

  /** Returns the SHA-256 of the canonical form of {@code json}, in hexadecimal. */
  static String hash(JsonObject json) {
    try {
      byte[] text = Json.writeCanonical(json.asMap()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private Optional<CachedAnswer> find(String key) {
    Path file = file(key);
    try {
      return read(file)
          .map(
              json ->
                  new CachedAnswer(
                      ChatJson.readResponse(json), Duration.parse(json.requireString("latency"))));
    } catch (JsonSyntaxException | IllegalArgumentException | DateTimeException e) {
      LOG.warn("Ignoring {}, which is not a cached answer.", file, e);
      return Optional.empty();
    }
  }

  private void put(String key, CachedAnswer answer) {
    write(
        file(key),
        ChatJson.response(answer.response()).put("latency", answer.latency().toString()));
  }

  private static String gradeKey(String identity, PromptExample example, String answer) {
    JsonObject reference = JsonObject.empty();
    example.reference().forEach((name, value) -> reference.put(name, value.text()));
    return hash(
        JsonObject.empty()
            .put("grader", identity)
            .put("prompt", ChatJson.messages(example.prompt()))
            .put("reference", reference)
            .put("answer", answer));
  }

  private Path file(String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key.substring(2) + ".json");
  }

  private static Optional<JsonObject> read(Path file) {
    try {
      return Optional.of(Json.parseObject(Files.readString(file)));
    } catch (NoSuchFileException notCached) {
      return Optional.empty();
    } catch (IOException | JsonSyntaxException e) {
      LOG.warn("Ignoring {}, which cannot be read.", file, e);
      return Optional.empty();
    }
  }

  private static void write(Path file, JsonObject json) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      AtomicFile.write(file, json.toString());
    } catch (IOException e) {
      LOG.warn("Could not cache an answer in {}; it will be requested again next time.", file, e);
    }
  }
}
