package dev.finetune4j.providerkit.process;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The class path of a child JVM. Immutable and thread-safe.
 *
 * <p>The classes of this JVM are found on its class path (also in jars that a manifest's {@code
 * Class-Path} names), on its module path, and in class loaders that list their jars. Jars inside an
 * executable jar of Spring Boot are copied to a folder, because a plain JVM cannot read them there.
 */
public final class ChildClassPath {
  // Twice what all platforms' natives take together.
  private static final long MAXIMUM_NESTED_BYTES = 2L << 30;

  // Linux allows 128 KiB for one environment variable, and Windows 32,767 characters.
  private static final int LONGEST_VARIABLE = 30_000;

  private final List<Path> entries;
  private final @Nullable Path argumentFile;

  private ChildClassPath(List<Path> entries, @Nullable Path argumentFile) {
    this.entries = List.copyOf(entries);
    this.argumentFile = argumentFile;
  }

  /**
   * Returns the class path of this JVM. Reads directories; copies nested jars and writes a long
   * path to a file if there is need, once for the same content. Nested jars of over 2 GiB are
   * refused.
   *
   * @param main a class that the child runs: the search starts at its class loader
   * @param folder where copies are kept; made when it is needed, readable by this user only
   * @throws IOException if nested jars cannot be copied; the message says why and what to do
   */
  public static ChildClassPath ofThisJvm(Class<?> main, Path folder) throws IOException {
    return of(search(main), folder, MAXIMUM_NESTED_BYTES);
  }

  /** Returns the class path of this JVM if it needs no folder, for callers that have none. */
  static ChildClassPath ofThisJvm(Class<?> main) {
    try {
      Set<String> urls = search(main);
      Optional<NestedJar> nested =
          urls.stream().flatMap(url -> NestedJar.of(url).stream()).findAny();
      if (nested.isPresent()) {
        throw new IllegalStateException(
            "The classes are in jars inside "
                + nested.get().outer()
                + "; give JavaCommand.withClassPath a ChildClassPath with a folder for copies");
      }
      return new ChildClassPath(files(urls, Map.of()), null);
    } catch (IOException e) {
      throw new IllegalStateException("The module path cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the class path of exactly these jars and folders.
   *
   * @param folder where a path that is longer than the system allows is written to
   * @throws IOException if that cannot be written
   */
  public static ChildClassPath of(List<Path> entries, Path folder) throws IOException {
    List<Path> absolute = entries.stream().map(Path::toAbsolutePath).toList();
    String text = text(absolute);
    return new ChildClassPath(
        absolute, text.length() > LONGEST_VARIABLE ? argumentFile(text, folder) : null);
  }

  static ChildClassPath of(Set<String> urls, Path folder, long maximumNestedBytes)
      throws IOException {
    List<NestedJar> nested = urls.stream().flatMap(url -> NestedJar.of(url).stream()).toList();
    Map<NestedJar, Path> copies =
        nested.isEmpty()
            ? Map.of()
            : new NestedJarCopies(folder.toAbsolutePath(), maximumNestedBytes).of(nested);
    return of(files(urls, copies), folder);
  }

  private static Set<String> search(Class<?> main) throws IOException {
    return new ClassPathSearch(System.getProperties()).locations(main.getClassLoader());
  }

  private static List<Path> files(Set<String> urls, Map<NestedJar, Path> copies) {
    List<Path> files = new ArrayList<>();
    for (String url : urls) {
      Optional<Path> file = NestedJar.of(url).map(copies::get).or(() -> plainFile(url));
      file.filter(each -> !files.contains(each)).ifPresent(files::add);
    }
    return files;
  }

  /** Returns what a URL of the kinds {@code file:} and {@code jar:file:...!/} names on the disk. */
  private static Optional<Path> plainFile(String url) {
    String file =
        url.startsWith("jar:file:") && url.endsWith("!/")
            ? url.substring("jar:".length(), url.length() - "!/".length())
            : url;
    // A folder inside a jar holds the application's own classes, which no child of ours needs.
    if (!file.startsWith("file:") || file.contains("!/")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(URI.create(file)));
    } catch (IllegalArgumentException | FileSystemNotFoundException notOnTheDisk) {
      return Optional.empty();
    }
  }

  private static String text(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Path argumentFile(String text, Path folder) throws IOException {
    String line = "-cp \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";
    CRC32 checksum = new CRC32();
    checksum.update(line.getBytes(StandardCharsets.UTF_8));
    PrivateFolder.create(folder);
    Path file =
        folder
            .toAbsolutePath()
            .resolve(
                "class-path-"
                    + HexFormat.of().toHexDigits(checksum.getValue(), 8)
                    + "-"
                    + line.length()
                    + ".args");
    Path draft = Files.createTempFile(folder, ".class-path", ".tmp");
    try {
      // The launcher reads the file in the encoding of the system, not in Java's own.
      Charset system = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
      Files.writeString(draft, line, system);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    return file;
  }

  /** Returns the jars and folders, absolute. */
  public List<Path> entries() {
    return entries;
  }

  /**
   * Returns which of these the child will not find. Opens the jars, and the jars that their
   * manifests name, until all are found.
   *
   * @param resources for example {@code org/example/Main.class}
   */
  public List<String> missing(List<String> resources) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path entry : entries) {
      urls.add(entry.toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      return resources.stream().filter(each -> loader.findResource(each) == null).toList();
    }
  }

  /** Puts this class path into a command that has its executable only. */
  void addTo(ProcessBuilder builder) {
    if (argumentFile == null) {
      // Not on the command line: everybody would see it there, and many systems cut it.
      builder.environment().put("CLASSPATH", text(entries));
    } else {
      builder.command().add("@" + argumentFile);
    }
  }
}
