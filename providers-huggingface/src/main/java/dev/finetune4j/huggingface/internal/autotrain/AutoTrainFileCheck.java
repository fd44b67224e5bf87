package dev.finetune4j.huggingface.internal.autotrain;

import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses configuration files with which AutoTrain would fail late or silently. Stateless. */
public final class AutoTrainFileCheck {
  private static final Set<String> TASKS =
      Set.of("llm", "llm-sft", "llm-generic", "llm-dpo", "llm-orpo", "llm-reward");
  private static final List<String> NEEDED =
      List.of("task", "base_model", "project_name", "log", "backend", "data");
  private static final List<String> ENDINGS = List.of(".csv", ".jsonl");

  private AutoTrainFileCheck() {}

  /**
   * Returns the configuration with local folders made absolute.
   *
   * @param folder the base of relative folders
   */
  public static JsonObject checked(JsonObject tree, Path folder) {
    AutoTrainKeys.require("", tree.asMap().keySet(), AutoTrainKeys.TOP);
    NEEDED.forEach(key -> requireKey(tree, "", key));
    requireTask(tree);
    requireProjectName(tree.requireString("project_name"));
    JsonObject data = part(tree, "data", AutoTrainKeys.DATA);
    AutoTrainKeys.DATA.stream().sorted().forEach(key -> requireKey(data, "data", key));
    JsonObject columns = columns(data, tree.requireString("task"));
    if (data.asMap().get("valid_split") != null) {
      throw TrlErrors.unsupported(
          "data.valid_split with AutoTrain",
          "AutoTrain fails on language models with one. Write null, and evaluate the result.");
    }
    part(tree, "params", AutoTrainKeys.PARAMS);
    hub(tree);
    String place = data.requireString("path");
    Path local = folder(folder, place);
    if (local != null) {
      requireColumns(local, data.requireString("train_split"), columns);
      data.put("path", local.toString());
      tree.put("data", data);
    } else if (!place.matches("[A-Za-z0-9][\\w.-]*(/[\\w.-]+)?")) {
      throw TrlErrors.invalid(
          "data.path \""
              + place
              + "\" is neither a folder in "
              + folder
              + " nor the name of a data set on the Hub.");
    }
    Path base = folder(folder, tree.requireString("base_model"));
    return base == null ? tree : tree.put("base_model", base.toString());
  }

  /** Returns the file of a split in a local folder. */
  public static Path split(Path folder, String name) {
    for (String ending : ENDINGS) {
      if (Files.isRegularFile(folder.resolve(name + ending))) {
        return folder.resolve(name + ending);
      }
    }
    throw TrlErrors.invalid(
        "The folder "
            + folder
            + " has neither "
            + name
            + ".csv nor "
            + name
            + ".jsonl. AutoTrain would look for a data set of that name on the Hub instead.");
  }

  private static void requireKey(JsonObject part, String name, String key) {
    if (!part.asMap().containsKey(key)) {
      String place = name.isEmpty() ? key : name + "." + key;
      throw TrlErrors.invalid(
          "The key \""
              + place
              + "\" is missing; AutoTrain requires it"
              + (key.equals("valid_split") ? ", with the value null." : "."));
    }
  }

  private static void requireTask(JsonObject tree) {
    String task = tree.requireString("task");
    if (!TASKS.contains(task)) {
      throw TrlErrors.unsupported(
          "the task \"" + task + "\"", "Use one of " + TASKS.stream().sorted().toList() + ".");
    }
  }

  private static void requireProjectName(String name) {
    if (!name.matches("[A-Za-z0-9-]{1,50}")) {
      throw TrlErrors.invalid(
          "project_name \"" + name + "\" must have 1 to 50 letters, digits or hyphens.");
    }
  }

  private static JsonObject part(JsonObject tree, String name, Set<String> known) {
    Object part = tree.asMap().get(name);
    if (part == null) {
      return JsonObject.empty();
    } else if (!(part instanceof Map<?, ?>)) {
      throw TrlErrors.invalid("\"" + name + "\" must be a map of keys and values.");
    }
    JsonObject found = JsonObject.of((Map<?, ?>) part);
    AutoTrainKeys.require(name, found.asMap().keySet(), known);
    return found;
  }

  private static JsonObject columns(JsonObject data, String task) {
    JsonObject columns = part(data, "column_mapping", AutoTrainKeys.COLUMNS);
    requireKey(columns, "data.column_mapping", "text_column");
    if (Set.of("llm-dpo", "llm-orpo", "llm-reward").contains(task)) {
      requireKey(columns, "data.column_mapping", "rejected_text_column");
    }
    if (Set.of("llm-dpo", "llm-orpo").contains(task)) {
      requireKey(columns, "data.column_mapping", "prompt_text_column");
    }
    return columns;
  }

  private static void hub(JsonObject tree) {
    JsonObject hub = part(tree, "hub", AutoTrainKeys.HUB);
    if (hub.asMap().isEmpty()) {
      return;
    }
    AutoTrainKeys.HUB.stream().sorted().forEach(key -> requireKey(hub, "hub", key));
    Object token = hub.asMap().get("token");
    if (token != null && !String.valueOf(token).matches("\\$\\{\\w+}")) {
      throw TrlErrors.invalid(
          "hub.token is a token in plain text, which would be stored in the job's folder. Write"
              + " ${HF_TOKEN} and set that variable.");
    }
  }

  private static @Nullable Path folder(Path start, String place) {
    try {
      Path folder = start.resolve(place).normalize();
      return Files.isDirectory(folder) ? folder : null;
    } catch (InvalidPathException noPath) {
      return null;
    }
  }

  private static void requireColumns(Path folder, String split, JsonObject columns) {
    Path file = split(folder, split);
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String first = reader.readLine();
      if (first == null || first.isBlank()) {
        throw TrlErrors.invalid(file + " is empty.");
      }
      Set<String> there =
          file.toString().endsWith(".csv")
              ? Set.of(first.replace("\"", "").split(",", -1))
              : Json.parseObject(first).asMap().keySet();
      for (Map.Entry<String, @Nullable Object> column : columns.asMap().entrySet()) {
        if (!there.contains(String.valueOf(column.getValue()))) {
          throw TrlErrors.invalid(
              "data.column_mapping."
                  + column.getKey()
                  + " names the column \""
                  + column.getValue()
                  + "\", and "
                  + file
                  + " has "
                  + there.stream().sorted().toList()
                  + ".");
        }
      }
    } catch (JsonSyntaxException e) {
      throw TrlErrors.invalid(file + ", line 1: " + e.getMessage());
    } catch (IOException e) {
      throw TrlErrors.unreadable(file.toString(), e);
    }
  }
}
