package dev.finetune4j.providerkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildClassPathTest {
  private static final String ENTRY = "BOOT-INF/lib/greeter-1.0.jar";
  private static final long NO_LIMIT = Long.MAX_VALUE;

  @TempDir Path directory;
  private byte[] greeter;
  private Path application;
  private Path folder;

  @BeforeEach
  void packageTheApplication() throws IOException {
    greeter = JarFiles.greeter();
    application = JarFiles.nesting(directory.resolve("my application.jar"), ENTRY, greeter);
    folder = directory.resolve("class-path");
  }

  private String nestedUrl() {
    return "jar:nested:" + application.toUri().getRawPath() + "/!" + ENTRY + "!/";
  }

  private String oldNestedUrl() {
    return "jar:" + application.toUri() + "!/" + ENTRY + "!/";
  }

  private ChildClassPath copied(String url) throws IOException {
    return ChildClassPath.of(Set.of(url), folder, NO_LIMIT);
  }

  private static String output(ChildClassPath path) throws Exception {
    Process child =
        JavaCommand.ofThisJvm()
            .withClassPath(path)
            .running(Greeter.class, List.of())
            .redirectErrorStream(true)
            .start();
    try (var output = child.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      child.waitFor();
    }
  }

  @Test
  void aChildRunsAClassOfANestedJar() throws Exception {
    ChildClassPath path = copied(nestedUrl());

    assertThat(output(path)).startsWith("Hello from " + folder);
    assertThat(path.missing(List.of(JarFiles.GREETER, "org/example/Missing.class")))
        .containsExactly("org/example/Missing.class");
  }

  @Test
  void springBootsOldAndNewAddressesNameTheSameCopy() throws IOException {
    Set<String> urls = new LinkedHashSet<>(List.of(nestedUrl(), oldNestedUrl()));

    ChildClassPath path = ChildClassPath.of(urls, folder, NO_LIMIT);

    assertThat(path.entries()).hasSize(1);
    assertThat(path.entries().get(0)).hasBinaryContent(greeter);
  }

  @Test
  void theSameContentIsCopiedOnceAndOnlyTheOwnerReadsIt() throws IOException {
    Path first = copied(nestedUrl()).entries().get(0);
    Object made = Files.readAttributes(first, "fileKey").get("fileKey");

    Path second = copied(nestedUrl()).entries().get(0);

    assertThat(second).isEqualTo(first);
    assertThat(Files.readAttributes(second, "fileKey").get("fileKey")).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void aCutCopyIsMadeAgain() throws IOException {
    Path copy = copied(nestedUrl()).entries().get(0);
    Files.write(copy, new byte[3]);

    copied(nestedUrl());

    assertThat(copy).hasBinaryContent(greeter);
  }

  @Test
  void newContentUnderTheSameNameIsAnotherCopy() throws IOException {
    Path first = copied(nestedUrl()).entries().get(0);
    JarFiles.nesting(application, ENTRY, JarFiles.naming("other.jar"));

    Path second = copied(nestedUrl()).entries().get(0);

    assertThat(second).isNotEqualTo(first);
    assertThat(first).exists();
  }

  @Test
  void nestedJarsOverTheLimitAreRefusedBeforeAnythingIsCopied() {
    assertThatThrownBy(() -> ChildClassPath.of(Set.of(nestedUrl()), folder, 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leave out native libraries of other platforms");
    assertThat(folder).doesNotExist();
  }

  @Test
  void aDamagedNestedJarIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(application);
    // The inner jar's data follow the entry's name directly.
    int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(ENTRY);
    bytes[name + ENTRY.length() + 20] ^= 1;
    Files.write(application, bytes);

    assertThatThrownBy(() -> copied(nestedUrl()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining(ENTRY);
    assertThat(folder.toFile().list()).containsExactly("copies.lock");
  }

  @Test
  void threadsThatCopyAtOnceGetTheSameWholeFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<ChildClassPath>> paths = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        paths.add(threads.submit(() -> copied(nestedUrl())));
      }

      for (Future<ChildClassPath> each : paths) {
        assertThat(each.get().entries().get(0)).hasBinaryContent(greeter);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void processesThatCopyAtOnceGetTheSameWholeFile() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(
          JavaCommand.ofThisJvm()
              .running(CopyingApplication.class, List.of(nestedUrl(), folder.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }

    Set<String> copies = new LinkedHashSet<>();
    for (Process each : processes) {
      each.getOutputStream().close();
    }
    for (Process each : processes) {
      copies.add(new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    assertThat(copies).hasSize(1);
    assertThat(Path.of(copies.iterator().next())).hasBinaryContent(greeter);
  }

  @Test
  void aJarThatAManifestNamesIsFound() throws Exception {
    Files.write(directory.resolve("greeter.jar"), greeter);
    Path naming = Files.write(directory.resolve("naming.jar"), JarFiles.naming("greeter.jar"));

    ChildClassPath path = ChildClassPath.of(List.of(naming), folder);

    assertThat(path.missing(List.of(JarFiles.GREETER))).isEmpty();
    assertThat(output(path)).isEqualToIgnoringNewLines("Hello from " + naming);
  }

  @Test
  void aPathThatIsLongerThanTheSystemAllowsGoesThroughAFile() throws Exception {
    Path jar = Files.write(directory.resolve("a greeter's \"jar\".jar"), greeter);
    List<Path> entries = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      entries.add(directory.resolve("a-library-with-a-rather-long-name-" + i + ".jar"));
    }
    entries.add(jar);

    String output = output(ChildClassPath.of(entries, folder));

    assertThat(output).startsWith("Hello from ").contains(jar.toString());
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void whatIsNotOnTheDiskIsLeftOut() throws IOException {
    Set<String> urls =
        new LinkedHashSet<>(
            List.of(
                "vfs:/content/app.war/lib/a.jar/",
                "jar:nested:/app.jar/!BOOT-INF/classes/!/",
                "jar:file:/app.jar!/BOOT-INF/classes!/",
                "jar:file:/lib/b.jar!/",
                "file:/lib/b.jar",
                "file:/my%20classes/"));

    ChildClassPath path = ChildClassPath.of(urls, folder, NO_LIMIT);

    assertThat(path.entries()).containsExactly(Path.of("/lib/b.jar"), Path.of("/my classes"));
    assertThat(folder).doesNotExist();
  }

  @Test
  void aLinkIsNoPrivateFolder() throws IOException {
    Files.createSymbolicLink(folder, Files.createDirectory(directory.resolve("elsewhere")));

    assertThatThrownBy(() -> copied(nestedUrl()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be a folder but is a file or a link");
  }

  @Test
  void aFolderThatOthersCouldWriteIsClosedToThem() throws IOException {
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    PrivateFolder.create(folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }
}
