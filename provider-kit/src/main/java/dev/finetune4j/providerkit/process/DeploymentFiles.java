package dev.finetune4j.providerkit.process;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One file for each deployment: which model, and its labels. Thread-safe. */
record DeploymentFiles(ProviderId provider, Path directory) {
  private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final String ENDING = ".json";

  /** What is known of a deployment. */
  record Entry(ModelReference model, Map<String, String> labels) {}

  static boolean isName(String name) {
    return name.matches(NAME_FORM);
  }

  /** Returns the names of all deployments, sorted. */
  List<String> names() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(path -> String.valueOf(path.getFileName()))
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .filter(DeploymentFiles::isName)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable("The deployments in " + directory, e);
    }
  }

  Optional<Entry> find(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    try {
      JsonObject json = Json.parseObject(Files.readString(file(name)));
      Map<String, String> labels = new LinkedHashMap<>();
      JsonObject marks = json.findObject("labels").orElse(JsonObject.empty());
      marks.asMap().keySet().forEach(key -> labels.put(key, marks.requireString(key)));
      return Optional.of(
          new Entry(new ModelReference(provider, json.requireString("model")), labels));
    } catch (NoSuchFileException notThere) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable("The deployment " + file(name), e);
    }
  }

  void write(String name, Entry entry) {
    JsonObject json =
        JsonObject.empty().put("model", entry.model().name()).put("labels", entry.labels());
    try {
      Files.createDirectories(directory);
      AtomicFile.write(file(name), json.toString());
    } catch (IOException e) {
      throw unreadable("The deployment " + file(name), e);
    }
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw unreadable("The deployment " + file(name), e);
    }
  }

  private Path file(String name) {
    return directory.resolve(name + ENDING);
  }

  private InvalidRequestException unreadable(String what, IOException cause) {
    InvalidRequestException exception =
        new InvalidRequestException(
            ProviderFailure.of(
                provider,
                what + " cannot be used: " + cause.getMessage() + ". Look at the files there."));
    exception.initCause(cause);
    return exception;
  }
}
