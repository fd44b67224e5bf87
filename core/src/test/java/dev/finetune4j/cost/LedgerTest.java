package dev.finetune4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LedgerTest {

  @Test
  void anActualCostReplacesItsEstimate() {
    LedgerEntry expected = entry("training", "3", null);
    LedgerEntry paid = entry("training", "3", "2.5");

    Ledger ledger = Ledger.of(List.of(expected, entry("hosting", "1.7", null))).with(paid);

    assertThat(ledger.entries()).extracting(LedgerEntry::id).containsExactly("training", "hosting");
    assertThat(ledger.forecast()).isEqualTo(Money.dollars("4.7"));
    assertThat(ledger.spent()).isEqualTo(Money.dollars("2.5"));
  }

  private static LedgerEntry entry(String id, String estimated, @Nullable String actual) {
    return new LedgerEntry(
        id,
        Instant.EPOCH,
        id,
        Optional.of(estimated).map(Money::dollars),
        Optional.ofNullable(actual).map(Money::dollars));
  }
}
