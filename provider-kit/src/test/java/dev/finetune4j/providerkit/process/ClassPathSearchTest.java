package dev.finetune4j.providerkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassPathSearchTest {
  @TempDir Path directory;
  private final Properties properties = new Properties();

  private Path file(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private static String url(Path file) {
    return file.toUri().toString();
  }

  @Test
  void theModulePathGivesEachJarAndEachExplodedModule() throws IOException {
    Path jar = file("lib/a.jar");
    Path exploded = directory.resolve("lib").resolve("b");
    file("lib/b/module-info.class");
    Path single = file("single.jar");
    file("lib/notes.txt");
    properties.setProperty(
        "jdk.module.path", directory.resolve("lib") + File.pathSeparator + single);

    assertThat(new ClassPathSearch(properties).locations(null))
        .containsExactly(url(jar), url(exploded), url(single));
  }

  @Test
  void bothPathsCount() throws IOException {
    Path module = file("module.jar");
    Path plain = file("plain.jar");
    properties.setProperty("jdk.module.path", module.toString());
    properties.setProperty("java.class.path", plain + File.pathSeparator);

    assertThat(new ClassPathSearch(properties).locations(null))
        .containsExactly(url(module), url(plain));
  }

  @Test
  void surefiresListTakesThePlaceOfItsEmptyJar() throws IOException {
    properties.setProperty("java.class.path", "surefirebooter.jar");
    properties.setProperty("surefire.test.class.path", "/lib/real.jar");

    assertThat(new ClassPathSearch(properties).locations(null))
        .containsExactly(url(Path.of("/lib/real.jar")));
  }

  @Test
  void jarsOfClassLoadersComeFirstAndThoseOfTheirParentsNext() throws IOException {
    URL parent = new URL("jar:file:/app.jar!/BOOT-INF/lib/parent.jar!/");
    URL child = new URL("file:/lib/child.jar");
    properties.setProperty("java.class.path", "/app.jar");
    try (URLClassLoader first = new URLClassLoader(new URL[] {parent}, null);
        URLClassLoader second = new URLClassLoader(new URL[] {child}, first)) {

      assertThat(new ClassPathSearch(properties).locations(second))
          .containsExactly(child.toString(), parent.toString(), url(Path.of("/app.jar")));
    }
  }

  @Test
  void aClassLoaderThatListsNothingIsAskedForItsManifests() throws IOException {
    Path jar = Files.write(directory.resolve("greeter.jar"), JarFiles.naming("other.jar"));
    try (URLClassLoader hidden = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      ClassLoader opaque =
          new ClassLoader(null) {
            @Override
            protected Enumeration<URL> findResources(String name) throws IOException {
              return hidden.findResources(name);
            }
          };

      assertThat(new ClassPathSearch(properties).locations(opaque))
          .containsExactly("jar:" + jar.toUri().toURL() + "!/");
    }
  }
}
