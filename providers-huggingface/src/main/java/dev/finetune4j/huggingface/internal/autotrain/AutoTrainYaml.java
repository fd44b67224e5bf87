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
 * Reads and writes YAML 1.1 as Python does: {@code yes} is true, and {@code 1e-5} is a string.
 * Stateless.
 */
public final class AutoTrainYaml {

  private AutoTrainYaml() {}

  /**
   * Parses the text of a file.
   *
   * @param name the file's name in messages
   * @throws dev.finetune4j.error.InvalidRequestException if it is not valid YAML, or not a map
   */
  public static JsonObject parse(String text, String name) {
    Object tree;
    try {
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      tree = yaml(options).load(text);
    } catch (YAMLException e) {
      throw TrlErrors.invalid(name + " is not valid YAML: " + e.getMessage());
    }
    if (!(tree instanceof Map<?, ?> map)) {
      throw TrlErrors.invalid(
          name + " is not a map of keys and values. A file starts like \"task: llm-sft\".");
    }
    return JsonObject.of(map);
  }

  /** Returns a configuration as YAML, one key per line. */
  public static String write(JsonObject configuration) {
    return yaml(new LoaderOptions()).dump(configuration.asMap());
  }

  private static Yaml yaml(LoaderOptions loading) {
    DumperOptions dumping = new DumperOptions();
    dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    dumping.setSplitLines(false);
    // A new instance for each call, because parsers are not thread-safe.
    return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading);
  }
}
