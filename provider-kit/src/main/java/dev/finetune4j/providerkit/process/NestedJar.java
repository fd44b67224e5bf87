package dev.finetune4j.providerkit.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar inside a jar, as Spring Boot's executable jars keep their libraries. Immutable.
 *
 * @param outer the jar on the disk
 * @param entry the name of the inner jar in it, for example {@code BOOT-INF/lib/okio.jar}
 */
record NestedJar(Path outer, String entry) {
  // Spring Boot from 3.2 on writes jar:nested:/app.jar/!BOOT-INF/lib/x.jar!/, and before that
  // jar:file:/app.jar!/BOOT-INF/lib/x.jar!/; class loaders also name resources in such a jar.
  private static final Pattern URL =
      Pattern.compile("jar:(?:nested:(.+?)/!|file:(.+?)!/)(.+\\.jar)!/.*");

  /** Returns the nested jar that a class loader's URL names, empty if it names something else. */
  static Optional<NestedJar> of(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String outer = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return Optional.of(new NestedJar(Path.of(URI.create("file:" + outer)), matcher.group(3)));
  }

  /** Returns a file name for a copy: the last part of the entry, of harmless characters. */
  String fileName() {
    return entry.substring(entry.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
