package dev.finetune4j.openai;

import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The facts about OpenAI in the jar, each with a date and a source. Stateless. */
final class OpenAiCatalog {
  private static final String RESOURCE = "catalog.json";

  private OpenAiCatalog() {}

  static ModelCatalog read() {
    return ModelCatalog.parse(text());
  }

  /** Returns the notices of what the service ends and when, one sentence each with its source. */
  static List<String> notices() {
    return Json.parseObject(text()).objects("notices").stream()
        .map(OpenAiCatalog::sentence)
        .toList();
  }

  private static String sentence(JsonObject notice) {
    return notice.requireString("text") + " (Source: " + notice.requireString("source") + ")";
  }

  private static String text() {
    try (InputStream in = OpenAiCatalog.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + RESOURCE + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE + " in the jar.", e);
    }
  }
}
