package dev.finetune4j.providerkit.process;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds where this JVM has its classes from: the class path, the module path, and class loaders of
 * application servers and executable jars. Immutable.
 */
final class ClassPathSearch {
  private final Properties properties;

  ClassPathSearch(Properties properties) {
    this.properties = properties;
  }

  /**
   * Returns the jars and folders as URLs, each once, in the order in which classes are looked up.
   *
   * @param loader the loader of a class that the child runs
   */
  Set<String> locations(@Nullable ClassLoader loader) throws IOException {
    Set<String> found = new LinkedHashSet<>();
    for (ClassLoader each = loader;
        each != null && each != ClassLoader.getPlatformClassLoader();
        each = each.getParent()) {
      addLoader(each, found);
    }
    for (Path entry : paths("jdk.module.path")) {
      addModulePath(entry, found);
    }
    // Surefire starts the JVM with a jar that only lists others, and keeps the real path here.
    boolean surefire = properties.getProperty("surefire.test.class.path") != null;
    for (Path entry : paths(surefire ? "surefire.test.class.path" : "java.class.path")) {
      found.add(entry.toUri().toString());
    }
    return found;
  }

  private static void addLoader(ClassLoader loader, Set<String> found) throws IOException {
    if (loader instanceof URLClassLoader urls) {
      // Maven's exec:java, application servers, and Spring Boot's executable jars.
      Arrays.stream(urls.getURLs()).map(URL::toString).forEach(found::add);
    } else if (loader != ClassLoader.getSystemClassLoader()) {
      // Loaders of other kinds do not list their jars, but they find each jar's manifest.
      String manifest = "META-INF/MANIFEST.MF";
      for (URL each : Collections.list(loader.getResources(manifest))) {
        String url = each.toString();
        found.add(url.substring(0, url.length() - manifest.length()));
      }
    }
  }

  // All of the folder's modules, not only the resolved ones: nothing requires the natives' modules.
  private static void addModulePath(Path entry, Set<String> found) throws IOException {
    if (!Files.isDirectory(entry) || isModule(entry)) {
      found.add(entry.toUri().toString());
      return;
    }
    try (Stream<Path> children = Files.list(entry)) {
      children
          .filter(child -> child.toString().endsWith(".jar") || isModule(child))
          .sorted()
          .forEach(child -> found.add(child.toUri().toString()));
    }
  }

  private static boolean isModule(Path folder) {
    return Files.isRegularFile(folder.resolve("module-info.class"));
  }

  private List<Path> paths(String property) {
    return Arrays.stream(properties.getProperty(property, "").split(File.pathSeparator, -1))
        .filter(text -> !text.isEmpty())
        .map(text -> Path.of(text).toAbsolutePath())
        .toList();
  }
}
