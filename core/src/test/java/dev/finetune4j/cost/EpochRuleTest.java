package dev.finetune4j.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EpochRuleTest {

  @ParameterizedTest
  @CsvSource({
    "1,25", "3,25", "4,25", "5,20", "7,14", "33,3", "34,3", "40,3", "8333,3", "8334,2", "20000,1",
    "90000,1"
  })
  void theNotebooksRuleGivesTheseEpochs(long examples, int epochs) {
    assertThat(EpochRule.epochsFor(examples)).isEqualTo(epochs);
  }

  @Test
  void zeroExamplesAreRejected() {
    assertThatThrownBy(() -> EpochRule.epochsFor(0))
        .hasMessage("examples must be at least 1, was 0");
  }
}
