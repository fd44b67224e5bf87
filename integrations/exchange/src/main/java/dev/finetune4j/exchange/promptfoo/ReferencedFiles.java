package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.exchange.Findings;
import dev.finetune4j.exchange.UnusableExchangeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files that a configuration names; each fault becomes a finding. Not thread-safe. */
final class ReferencedFiles {
  static final String SCHEME = "file://";
  private static final Set<String> CODE =
      Set.of("js", "cjs", "mjs", "ts", "cts", "mts", "py", "rb", "sh", "go");
  private final Path folder;
  private final Findings findings;

  ReferencedFiles(Path folder, Findings findings) {
    this.folder = folder;
    this.findings = findings;
  }

  static boolean isReference(@Nullable Object value) {
    return value instanceof String text && text.startsWith(SCHEME);
  }

  /** Returns the files that a reference with or without wildcards names, in the order of names. */
  List<Path> files(String reference, String place) {
    String name = reference.startsWith(SCHEME) ? reference.substring(SCHEME.length()) : reference;
    if (isCode(name)) {
      findings.error(
          "code-not-runnable",
          place,
          "\"" + reference + "\" is code, which this library does not run.",
          "Write what it returns into a YAML, JSON or CSV file and name that.");
      return List.of();
    }
    if (!name.contains("*")) {
      return List.of(folder.resolve(name));
    }
    int star = name.indexOf('*');
    Path start = folder.resolve(name.substring(0, name.lastIndexOf('/', star) + 1)).normalize();
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + folder.resolve(name).normalize());
    try (Stream<Path> found = Files.walk(start)) {
      List<Path> files =
          found
              .filter(path -> matcher.matches(path) && Files.isRegularFile(path))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        missing(reference, place, "no file matches it in " + start);
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      missing(reference, place, e.toString());
      return List.of();
    }
  }

  /** Returns the text of a file, empty with a finding if it cannot be read. */
  Optional<String> text(Path file, String place) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      missing(file.toString(), place, e.toString());
      return Optional.empty();
    }
  }

  /** Returns the tree in a YAML or JSON file, or null, with a finding, if the file is missing. */
  @Nullable Object tree(Path file, String place) {
    Optional<String> text = text(file, place);
    if (text.isEmpty()) {
      return null;
    }
    try {
      YamlText parsed = YamlText.parse(text.get(), file.toString());
      parsed.reportDates(findings, place + " -> " + file.getFileName());
      return parsed.tree();
    } catch (UnusableExchangeException e) {
      e.findings()
          .forEach(
              f -> findings.error(f.rule(), place + " -> " + file, f.message(), f.suggestion()));
      return null;
    }
  }

  static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean isCode(String name) {
    String path = name.replaceAll("\\.(js|cjs|mjs|ts|py|rb):.*$", ".$1");
    return CODE.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private void missing(String what, String place, String why) {
    findings.error(
        "file-not-readable",
        place,
        "\"" + what + "\" cannot be read: " + why + ".",
        "Put the file there, or correct the name.");
  }
}
