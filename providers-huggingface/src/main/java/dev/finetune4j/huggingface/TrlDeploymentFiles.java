package dev.finetune4j.huggingface;

import dev.finetune4j.ModelReference;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.internal.json.AtomicFile;
import dev.finetune4j.internal.json.Json;
import dev.finetune4j.internal.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The deployments of this machine, a small file for each. Thread-safe. */
record TrlDeploymentFiles(Path directory) {
  private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final String ENDING = ".json";

  /** What is known of a deployment. */
  record Entry(ModelReference model, Map<String, String> labels) {}

  static boolean isName(String name) {
    return name.matches(NAME_FORM);
  }

  Optional<Entry> find(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    try {
      JsonObject json = Json.parseObject(Files.readString(file(name)));
      Map<String, String> labels = new LinkedHashMap<>();
      json.findObject("labels")
          .ifPresent(all -> all.asMap().forEach((key, value) -> labels.put(key, "" + value)));
      return Optional.of(
          new Entry(new ModelReference(TrlErrors.PROVIDER, json.requireString("model")), labels));
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    } catch (IOException e) {
      throw TrlErrors.unreadable("The deployment " + file(name), e);
    }
  }

  void write(String name, Entry entry) {
    JsonObject json =
        JsonObject.empty().put("model", entry.model().name()).put("labels", entry.labels());
    try {
      Files.createDirectories(directory);
      AtomicFile.write(file(name), json.toString());
    } catch (IOException e) {
      throw TrlErrors.unreadable("The deployment " + file(name), e);
    }
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw TrlErrors.unreadable("The deployment " + file(name), e);
    }
  }

  List<DeploymentReference> all() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.endsWith(ENDING) && isName(name))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .map(name -> new DeploymentReference(TrlErrors.PROVIDER, name))
          .toList();
    } catch (IOException e) {
      throw TrlErrors.unreadable("The deployments in " + directory, e);
    }
  }

  private Path file(String name) {
    return directory.resolve(name + ENDING);
  }
}
