package dev.finetune4j.local;

import dev.finetune4j.providerkit.process.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Decides where native libraries are unpacked: by default below the home folder. If that is not
 * writable, the libraries would use the shared temporary folder, where other users could plant
 * code; a private folder is used instead. Stateless.
 */
final class NativeCaches {
  static final String JAVACPP = "org.bytedeco.javacpp.cachedir";
  static final String DJL = "DJL_CACHE_DIR";

  private static final List<String> JAVACPP_NAMES =
      List.of(JAVACPP, "org.bytedeco.javacpp.cacheDir");
  private static final List<String> DJL_NAMES = List.of(DJL, "ENGINE_CACHE_DIR");

  private NativeCaches() {}

  /**
   * Returns the options for a child. Also sets DJL's property in {@code properties} if its default
   * is the shared folder, because this JVM loads the tokenizer too.
   *
   * @param folder made when it is needed, readable by this user only
   */
  static List<String> options(Properties properties, Map<String, String> environment, Path folder)
      throws IOException {
    List<String> options = new ArrayList<>();
    Path home = Path.of(properties.getProperty("user.home", "?"));
    if (!isSet(JAVACPP_NAMES, properties, Map.of())
        && !isWritable(home.resolve(".javacpp").resolve("cache"))) {
      options.add(option(JAVACPP, PrivateFolder.create(folder).toString()));
    }
    // DJL looks at the home folder only.
    if (!isSet(DJL_NAMES, properties, environment)
        && !(isWritable(home) && isWritable(home.resolve(".djl.ai")))) {
      properties.setProperty(DJL, PrivateFolder.create(folder).toString());
    }
    for (List<String> names : List.of(JAVACPP_NAMES, DJL_NAMES)) {
      for (String name : names) {
        String value = properties.getProperty(name);
        if (value != null) {
          options.add(option(name, value));
        }
      }
    }
    return options;
  }

  private static String option(String name, String value) {
    return "-D" + name + "=" + value;
  }

  private static boolean isSet(
      List<String> names, Properties properties, Map<String, String> environment) {
    return names.stream()
        .anyMatch(name -> properties.containsKey(name) || environment.containsKey(name));
  }

  /** Says whether a folder can be written, or made if it does not exist. */
  private static boolean isWritable(Path folder) {
    // A JVM without an entry in the system's list of users has "?" as its home.
    if (!folder.isAbsolute()) {
      return false;
    }
    @Nullable Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
  }
}
