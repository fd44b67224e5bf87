package dev.finetune4j.huggingface.internal.autotrain;

import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.json.JsonObject;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * YAML 1.1, as Python reads it too: {@code yes} is true there, and {@code 1e-5} a text. Stateless.
 */
public final class AutoTrainYaml {

  private AutoTrainYaml() {}

  /**
   * Reads a file's text.
   *
   * @param name what the file is called in messages
   * @throws dev.finetune4j.error.InvalidRequestException if it is no YAML, or no map
   */
  public static JsonObject parse(String text, String name) {
    Object tree;
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      tree = yaml(options).load(text);
    } catch (YAMLException e) {
      throw TrlErrors.invalid(name + " is no YAML: " + e.getMessage());
    }
    if (!(tree instanceof Map<?, ?> map)) {
      throw TrlErrors.invalid(
          name + " is no map of keys and values. It begins with \"task: llm-sft\".");
    }
    return JsonObject.of(map);
  }

  /** Returns the text of a configuration, one key a line. */
  public static String write(JsonObject configuration) {
    return yaml(new LoaderOptions()).dump(configuration.asMap());
  }

  private static Yaml yaml(LoaderOptions loading) {
    DumperOptions dumping = new DumperOptions();
    dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    dumping.setSplitLines(false);
    // Each has a parser of its own, since a parser is not thread-safe.
    return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading);
  }
}
