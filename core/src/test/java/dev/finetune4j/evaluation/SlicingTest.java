package dev.finetune4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlicingTest {

  @Test
  void promptsAreSlicedByTheGivenLengths() {
    List<SampleResult> samples = asked("a".repeat(5), "b".repeat(200), "c".repeat(1500), "");

    assertThat(Slicing.byPromptLength(200, 1000).cut(samples))
        .containsEntry("0 to 199 characters", List.of(0, 3))
        .containsEntry("200 to 999 characters", List.of(1))
        .containsEntry("1,000 characters and more", List.of(2))
        .hasSize(3);
  }

  @Test
  void withoutBoundsEachBandHasAThird() {
    List<SampleResult> samples = asked("a", "bb", "ccc", "dddd", "eeeee", "ffffff");

    assertThat(Slicing.byPromptLength().cut(samples).values())
        .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4, 5));
    assertThat(Slicing.byPromptLength().cut(asked("same", "same")).values())
        .containsExactly(List.of(0, 1));
    assertThat(Slicing.byPromptLength().cut(List.of())).isEmpty();
  }

  @Test
  void samplesWithoutTheTagFormASlice() {
    List<SampleResult> samples =
        List.of(
            SampleResult.builder(0).tag("region", "north").build(),
            SampleResult.builder(1).build());

    assertThat(Slicing.byTag("region").cut(samples).keySet()).containsExactly("(none)", "north");
  }

  @Test
  void boundsThatAreNotAscendingAreRejected() {
    assertThatThrownBy(() -> Slicing.byPromptLength(100, 100))
        .hasMessage("bounds must be strictly ascending, were [100, 100]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How do I reset the password of my account?|English",
        "Wie setze ich das Passwort für mein Konto zurück?|German",
        "Comment réinitialiser le mot de passe de mon compte dans les paramètres ?|French",
        "¿Cómo puedo cambiar la contraseña de mi cuenta en el sitio?|Spanish",
        "Как сбросить пароль?|Cyrillic script",
        "パスワードを忘れました|Japanese",
        "我忘记了密码|Chinese",
        "비밀번호를 잊어버렸어요|Korean",
        "SELECT 1|other",
        "''|other"
      })
  void theLanguageIsGuessedFromScriptAndFrequentWords(String text, String language) {
    assertThat(Slicing.byLanguage().cut(asked(text)).keySet()).containsExactly(language);
  }

  private static List<SampleResult> asked(String... prompts) {
    return Stream.of(prompts).map(text -> SampleResult.builder(0).prompt(text).build()).toList();
  }
}
