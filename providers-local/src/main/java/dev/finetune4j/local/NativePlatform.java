package dev.finetune4j.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What native libraries are built for. Immutable.
 *
 * @param name the operating system and the processor, as the classifiers of {@code org.bytedeco}
 *     artifacts name them
 * @param musl whether its C library is musl instead of glibc
 */
record NativePlatform(String name, boolean musl) {
  // org.bytedeco:pytorch has no linux-arm64, and DJL's tokenizers have no macosx-x86_64.
  private static final List<String> SUPPORTED =
      List.of("linux-x86_64", "macosx-arm64", "windows-x86_64");

  /** Returns the platform of this JVM. */
  static NativePlatform ofThisJvm() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), Path.of("/"));
  }

  /**
   * Returns the platform that the system properties describe.
   *
   * @param root where {@code /proc} and {@code /lib} are
   */
  static NativePlatform of(String osName, String osArch, Path root) {
    String system = osName.toLowerCase(Locale.ROOT).replace(" ", "");
    if (system.startsWith("mac") || system.startsWith("darwin")) {
      system = "macosx";
    } else if (system.startsWith("windows")) {
      system = "windows";
    }
    String processor =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86-64", "x64" -> "x86_64";
          case "aarch64", "armv8" -> "arm64";
          default -> osArch;
        };
    return new NativePlatform(system + "-" + processor, system.equals("linux") && isMusl(root));
  }

  private static boolean isMusl(Path root) {
    try {
      // The loader that runs this JVM: a glibc system may have musl installed too.
      return Files.readString(root.resolve("proc/self/maps"), StandardCharsets.ISO_8859_1)
          .contains("/ld-musl-");
    } catch (IOException noSuchFile) {
      try (DirectoryStream<Path> loaders =
          Files.newDirectoryStream(root.resolve("lib"), "ld-musl-*")) {
        return loaders.iterator().hasNext();
      } catch (IOException | UncheckedIOException noSuchFolder) {
        return false;
      }
    }
  }

  /** Returns the platforms that have all native libraries, other than this one. */
  List<NativePlatform> others() {
    return SUPPORTED.stream()
        .filter(each -> !each.equals(name))
        .map(each -> new NativePlatform(each, false))
        .toList();
  }

  /** Returns the name of a library's file in the jars, for example {@code libjnitorch.so}. */
  String resource(String artifact) {
    String library = "jni" + (artifact.equals("pytorch") ? "torch" : artifact);
    String file =
        name.startsWith("windows")
            ? library + ".dll"
            : "lib" + library + (name.startsWith("macosx") ? ".dylib" : ".so");
    return "org/bytedeco/" + artifact + "/" + name + "/" + file;
  }

  /**
   * Refuses a platform for which the native libraries do not exist.
   *
   * @throws IllegalStateException if they do not exist
   */
  void requireSupported() {
    if (!SUPPORTED.contains(name)) {
      throw new IllegalStateException(
          "LocalProvider has native libraries for "
              + String.join(", ", SUPPORTED)
              + ", but this JVM runs on "
              + name
              + ". Use a machine or a JDK of one of these platforms, or another provider.");
    }
    if (musl) {
      throw new IllegalStateException(
          "LocalProvider's native libraries need glibc, but this Linux uses musl, as Alpine does."
              + " Use an image that is based on Debian, Ubuntu or Red Hat.");
    }
  }
}
