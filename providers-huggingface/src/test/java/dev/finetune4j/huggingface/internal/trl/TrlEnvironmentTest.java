package dev.finetune4j.huggingface.internal.trl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrlEnvironmentTest {

  @ParameterizedTest
  @CsvSource({
    "Windows 11, Scripts/python.exe, python",
    "Linux, bin/python, python3",
    "Mac OS X, bin/python, python3",
  })
  void theInterpreterIsWhereTheSystemsEnvironmentsHaveIt(
      String osName, String interpreter, String system) {
    Path environment = Path.of("cache", "trl-1");

    assertThat(TrlEnvironment.interpreter(environment, osName))
        .isEqualTo(environment.resolve(interpreter));
    assertThat(TrlEnvironment.systemPython(osName)).isEqualTo(system);
  }
}
