package dev.finetune4j.huggingface.hub;

import dev.finetune4j.dataset.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hub settings of this machine, looked up as by the Python client: {@code HF_ENDPOINT}, {@code
 * HF_TOKEN}, {@code HF_TOKEN_PATH}, {@code HF_HOME}, {@code HF_HUB_CACHE}. Immutable; thread-safe.
 */
final class HubEnvironment {
  private static final String HUB = "https://huggingface.co";

  private final Map<String, String> variables;
  private final Path userHome;

  HubEnvironment(Map<String, String> variables, Path userHome) {
    this.variables = Map.copyOf(variables);
    this.userHome = userHome;
  }

  static HubEnvironment ofThisProcess() {
    return new HubEnvironment(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  String endpoint() {
    String set = value("HF_ENDPOINT");
    return set == null ? HUB : set.replaceAll("/+$", "");
  }

  Path cache() {
    String set = value("HF_HUB_CACHE");
    return set == null ? home().resolve("hub") : expanded(set);
  }

  /** Returns the token from the environment, or else from the file that a login writes. */
  Optional<String> token() {
    String set = value("HF_TOKEN");
    if (set != null) {
      return Optional.of(set);
    }
    String place = value("HF_TOKEN_PATH");
    Path file = place == null ? home().resolve("token") : expanded(place);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.readString(file).replaceAll("\\s", "")).filter(t -> !t.isEmpty())
          : Optional.empty();
    } catch (IOException e) {
      throw new DataFileException("read", file, e);
    }
  }

  private Path home() {
    String set = value("HF_HOME");
    if (set != null) {
      return expanded(set);
    }
    String caches = value("XDG_CACHE_HOME");
    Path folder = caches == null ? userHome.resolve(".cache") : expanded(caches);
    return folder.resolve("huggingface");
  }

  private Path expanded(String place) {
    return place.startsWith("~/") ? userHome.resolve(place.substring(2)) : Path.of(place);
  }

  private @Nullable String value(String name) {
    String value = variables.get(name);
    // The Python client strips white space, which copied tokens often have.
    return value == null || value.isBlank() ? null : value.replaceAll("[\\r\\n]", "").strip();
  }
}
