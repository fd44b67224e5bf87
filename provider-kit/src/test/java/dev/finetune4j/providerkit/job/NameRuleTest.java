package dev.finetune4j.providerkit.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.validation.ExampleLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NameRuleTest {
  private static ChatExample named(String name) {
    return ExampleCodecs.openAiChat()
        .decode(
            "{\"messages\":[{\"role\":\"user\",\"name\":\"" + name + "\",\"content\":\"hi\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ana Maria", "a<b", "a/b", "a|b"})
  void h21NamesThatTheServicesRefuseAreErrors(String name) {
    assertThat(new NameRule<ChatExample>().check(named(name), ExampleLocation.line(1)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains(name));
  }

  @Test
  void otherNamesAreAllowed() {
    assertThat(new NameRule<ChatExample>().check(named("Ana_Zoë-2"), ExampleLocation.line(1)))
        .isEmpty();
  }
}
