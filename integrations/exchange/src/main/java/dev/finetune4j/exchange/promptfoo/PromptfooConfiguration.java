package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.exchange.Findings;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A promptfoo configuration that round-trips: everything is kept and written back unchanged,
 * including quoting, comments and members that this library does not understand. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * PromptfooConfiguration configuration = PromptfooConfiguration.read(Path.of("promptfooconfig.yaml"));
 * PromptfooSuite suite = PromptfooSuite.of(configuration); // data set and graders
 * configuration.writeTo(Path.of("copy.yaml"));             // nothing is lost
 * }</pre>
 */
public final class PromptfooConfiguration {
  private final YamlText text;
  private final Path folder;
  private final String source;

  private PromptfooConfiguration(YamlText text, Path folder, String source) {
    this.text = text;
    this.folder = folder;
    this.source = source;
  }

  /**
   * Reads a configuration in YAML or JSON. Files that it names are read by {@link PromptfooSuite}.
   *
   * @throws DataFileException if the file cannot be read
   * @throws dev.finetune4j.exchange.UnusableExchangeException if it is neither YAML nor JSON
   */
  public static PromptfooConfiguration read(Path file) {
    try {
      Path folder = file.toAbsolutePath().normalize().resolveSibling("");
      return new PromptfooConfiguration(
          YamlText.parse(Files.readString(file), file.toString()), folder, file.toString());
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  /**
   * Reads a configuration from text.
   *
   * @param folder where the files that it names are looked for
   * @throws dev.finetune4j.exchange.UnusableExchangeException if it is neither YAML nor JSON
   */
  public static PromptfooConfiguration parse(String yamlOrJson, Path folder) {
    String source = "the configuration";
    return new PromptfooConfiguration(YamlText.parse(yamlOrJson, source), folder, source);
  }

  static PromptfooConfiguration of(Map<String, @Nullable Object> tree) {
    return new PromptfooConfiguration(YamlText.of(tree), Path.of(""), "the configuration");
  }

  /** Returns the configuration as YAML, comments and quoting as they came. */
  public String toYaml() {
    return text.text();
  }

  /** Returns the configuration as JSON on many lines; comments have no place there. */
  public String toJson() {
    return Json.writeIndented(text.tree());
  }

  /**
   * Writes the configuration: JSON if the name ends in {@code .json}, else YAML.
   *
   * @throws DataFileException if the file cannot be written
   */
  public void writeTo(Path file) {
    try {
      Path target = file.toAbsolutePath().normalize();
      Files.createDirectories(target.resolveSibling(""));
      Files.writeString(target, file.toString().endsWith(".json") ? toJson() : toYaml());
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
  }

  void reportDates(Findings findings) {
    text.reportDates(findings, "$");
  }

  Path folder() {
    return folder;
  }

  String source() {
    return source;
  }

  @Nullable JsonObject root() {
    Map<String, @Nullable Object> map = YamlText.mapOf(text.tree());
    return map == null ? null : JsonObject.of(map);
  }
}
