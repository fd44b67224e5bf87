package dev.finetune4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.local.internal.process.TrainerMain;
import dev.finetune4j.local.internal.server.ServerMain;
import dev.finetune4j.providerkit.process.ChildClassPath;
import dev.finetune4j.providerkit.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChildCommandTest {
  private static final NativePlatform LINUX = new NativePlatform("linux-x86_64", false);
  private static final NativePlatform MAC = new NativePlatform("macosx-arm64", false);

  @TempDir Path directory;

  private ChildClassPath natives(NativePlatform platform, String... artifacts) throws IOException {
    for (String artifact : artifacts) {
      Path file = directory.resolve("classes").resolve(platform.resource(artifact));
      Files.createDirectories(file.resolveSibling("."));
      Files.createFile(file);
    }
    return ChildClassPath.of(List.of(directory.resolve("classes")), directory);
  }

  @Test
  void anIntelMacIsRefusedWhenTheProviderIsBuilt() {
    LocalProvider.Builder builder =
        LocalProvider.builder(directory.resolve("runs"))
            .platform(NativePlatform.of("Mac OS X", "x86_64", directory));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this JVM runs on macosx-x86_64");
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void nativesOfAnotherPlatformOnlyAreRefusedWithWhatToAdd() {
    LocalProvider.Builder builder =
        LocalProvider.builder(directory)
            .platform(NativePlatform.of("Windows 11", "amd64", directory));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "runs on windows-x86_64 and lacks native libraries of javacpp, openblas, pytorch")
        .hasMessageMatching(".*org\\.bytedeco:pytorch:[0-9][0-9.-]+:windows-x86_64 .*");
  }

  @Test
  void theMessageNamesOnlyWhatIsMissingAndWhatIsThere() throws IOException {
    natives(MAC, "pytorch");
    ChildClassPath path = natives(LINUX, "javacpp", "openblas");

    assertThatThrownBy(() -> ChildCommand.requireNatives(path, LINUX))
        .hasMessageContaining("lacks native libraries of pytorch;")
        .hasMessageContaining("the class path has those of macosx-arm64")
        .hasMessageNotContaining("org.bytedeco:openblas");
  }

  @Test
  void aRunTimeImageIsRefusedWithTheCure() {
    assertThat(ChildCommand.missingClasses("jrt:/dev.finetune4j.local"))
        .contains("come from jrt:/dev.finetune4j.local")
        .contains("Leave finetune4j-local out of the image");
  }

  @Test
  void aMissingJavaIsRefused() {
    Path missing = directory.resolve("bin").resolve("java");
    LocalProvider.Builder builder = LocalProvider.builder(directory).javaExecutable(missing);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(missing + ", which is not an executable file")
        .hasMessageContaining("javaExecutable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-cp", "--module-path", "com.example.Main", "@arguments"})
  void whatIsNoOptionOfTheJvmIsRefused(String option) {
    LocalProvider.Builder builder = LocalProvider.builder(directory);

    assertThatThrownBy(() -> builder.jvmOptions("-Xss2m", option))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not \"" + option + "\"");
  }

  @Test
  void theCallersOptionsComeLastForTrainerAndServer() {
    JavaCommand command =
        ChildCommand.of(
            directory, null, 1L << 30, List.of("-Dfoo=bar"), NativePlatform.ofThisJvm());

    for (Class<?> main : List.of(TrainerMain.class, ServerMain.class)) {
      assertThat(command.running(main, List.of()).command())
          .contains("-Xmx1073741824", "--enable-native-access=ALL-UNNAMED")
          .endsWith("-Dfoo=bar", main.getName());
    }
  }
}
