package dev.finetune4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NativePlatformTest {
  @TempDir Path root;

  private NativePlatform platform(String osName, String osArch) {
    return NativePlatform.of(osName, osArch, root);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, text);
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64, libjnitorch.so",
    "Mac OS X, aarch64, macosx-arm64, libjnitorch.dylib",
    "Windows Server 2022, amd64, windows-x86_64, jnitorch.dll",
  })
  void supportedPlatformsAreNamedAsTheirArtifactsAre(
      String osName, String osArch, String name, String file) {
    NativePlatform platform = platform(osName, osArch);

    assertThat(platform.name()).isEqualTo(name);
    assertThat(platform.resource("pytorch")).isEqualTo("org/bytedeco/pytorch/" + name + "/" + file);
    assertThatCode(platform::requireSupported).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "Mac OS X, x86_64, macosx-x86_64",
    "Linux, aarch64, linux-arm64",
    "Windows 11, aarch64, windows-arm64",
    "FreeBSD, amd64, freebsd-x86_64",
  })
  void aPlatformWithoutNativeLibrariesIsRefusedByName(String osName, String osArch, String name) {
    NativePlatform platform = platform(osName, osArch);

    assertThatThrownBy(platform::requireSupported)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this JVM runs on " + name)
        .hasMessageContaining("linux-x86_64, macosx-arm64, windows-x86_64");
  }

  @Test
  void aJvmThatRunsOnMuslIsRefused() throws IOException {
    write("proc/self/maps", "7f00-7f01 r-xp 0 00:00 0 /lib/ld-musl-x86_64.so.1\n");

    assertThatThrownBy(() -> platform("Linux", "amd64").requireSupported())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("need glibc")
        .hasMessageContaining("Debian");
  }

  @Test
  void aGlibcSystemMayHaveMuslInstalled() throws IOException {
    write("proc/self/maps", "7f00-7f01 r-xp 0 00:00 0 /lib64/ld-linux-x86-64.so.2\n");
    write("lib/ld-musl-x86_64.so.1", "");

    assertThat(platform("Linux", "amd64").musl()).isFalse();
  }

  @Test
  void withoutProcTheInstalledLoaderDecides() throws IOException {
    write("lib/ld-musl-x86_64.so.1", "");

    assertThat(platform("Linux", "amd64").musl()).isTrue();
  }
}
