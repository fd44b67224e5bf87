package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvironmentTest {
  private final Environment environment =
      new Environment(Map.of("KEY", " sk-secret\n", "EMPTY", "  "));

  @Test
  void whiteSpaceAroundAValueIsNoPartOfIt() {
    assertThat(environment.find("KEY")).hasValue("sk-secret");
  }

  @Test
  void aBlankVariableCountsAsNotSet() {
    assertThat(environment.find("EMPTY")).isEmpty();
    assertThatThrownBy(() -> environment.require("EMPTY", "Set it to a name."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The environment variable EMPTY is not set. Set it to a name.");
  }

  @Test
  void itsTextShowsNoValue() {
    assertThat(environment.toString()).contains("KEY").doesNotContain("secret");
  }
}
