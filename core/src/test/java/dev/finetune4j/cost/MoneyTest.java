package dev.finetune4j.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.inference.TokenUsage;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;

final class MoneyTest {

  @Test
  void equalAmountsOfDifferentScaleAreEqual() {
    assertThat(Money.dollars("1.50")).isEqualTo(Money.dollars("1.5"));
    assertThat(Money.dollars("0.00")).isEqualTo(Money.zero());
  }

  @Test
  void amountsBelowTenCentsShowFourPlaces() {
    assertThat(Money.dollars("0.01234")).hasToString("0.0123 USD");
    assertThat(Money.dollars("12.345")).hasToString("12.35 USD");
    assertThat(Money.zero()).hasToString("0.00 USD");
  }

  @Test
  void twoCurrenciesAreNeverAdded() {
    Money euros = new Money(BigDecimal.ONE, Currency.getInstance("EUR"));

    assertThatThrownBy(() -> Money.zero().plus(euros))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Amounts in USD and EUR cannot be combined.");
  }

  @Test
  void anAnswerIsPricedByItsTokensExactly() {
    InferencePrice price = new InferencePrice(Money.dollars("0.8"), Money.dollars("3.2"));

    assertThat(price.of(new TokenUsage(1_000, 500))).isEqualTo(Money.dollars("0.0024"));
  }
}
