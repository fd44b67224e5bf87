package dev.finetune4j.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeCachesTest {
  @TempDir Path directory;
  private final Properties properties = new Properties();
  private Path folder;

  @BeforeEach
  void choosePlaces() {
    folder = directory.resolve("runs").resolve("native-cache");
    properties.setProperty("user.home", directory.toString());
  }

  private void haveNoHome() throws IOException {
    // The tests may run as root, who may write every folder; but no user can write below a file.
    properties.setProperty("user.home", Files.createFile(directory.resolve("home")).toString());
  }

  @Test
  void aHomeThatCanBeWrittenKeepsTheDefaults() throws IOException {
    assertThat(NativeCaches.options(properties, Map.of(), folder)).isEmpty();
    assertThat(folder).doesNotExist();
    assertThat(properties).doesNotContainKey(NativeCaches.DJL);
  }

  @Test
  void withoutAHomeBothCachesAreInAPrivateFolder() throws IOException {
    haveNoHome();

    assertThat(NativeCaches.options(properties, Map.of(), folder))
        .containsExactly("-Dorg.bytedeco.javacpp.cachedir=" + folder, "-DDJL_CACHE_DIR=" + folder);
    assertThat(properties.getProperty(NativeCaches.DJL)).isEqualTo(folder.toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void anUnknownHomeIsNotTakenForAFolderOfTheWorkingDirectory() throws IOException {
    properties.setProperty("user.home", "?");

    assertThat(NativeCaches.options(properties, Map.of(), folder)).hasSize(2);
  }

  @Test
  void theApplicationsPropertiesReachTheChild() throws IOException {
    haveNoHome();
    properties.setProperty(NativeCaches.JAVACPP, "/data/javacpp");
    properties.setProperty("ENGINE_CACHE_DIR", "/data/djl");

    assertThat(NativeCaches.options(properties, Map.of(), folder))
        .containsExactly(
            "-Dorg.bytedeco.javacpp.cachedir=/data/javacpp", "-DENGINE_CACHE_DIR=/data/djl");
    assertThat(folder).doesNotExist();
  }

  @Test
  void theChildInheritsDjlsVariable() throws IOException {
    haveNoHome();

    assertThat(NativeCaches.options(properties, Map.of("DJL_CACHE_DIR", "/data/djl"), folder))
        .containsExactly("-Dorg.bytedeco.javacpp.cachedir=" + folder);
    assertThat(properties).doesNotContainKey(NativeCaches.DJL);
  }
}
