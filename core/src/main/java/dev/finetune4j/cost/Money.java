package dev.finetune4j.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount in one currency, exact. Immutable and thread-safe.
 *
 * @param amount any scale; equal amounts of different scale are equal moneys
 * @param currency the currency
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {
  private static final Currency DOLLAR = Currency.getInstance("USD");

  /** Drops trailing zeros, so that 1.50 equals 1.5. */
  public Money {
    amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
  }

  /** Returns US dollars, for example {@code dollars("25")}. */
  public static Money dollars(String amount) {
    return new Money(new BigDecimal(amount), DOLLAR);
  }

  /** Returns US dollars. */
  public static Money dollars(BigDecimal amount) {
    return new Money(amount, DOLLAR);
  }

  /** Returns zero US dollars. */
  public static Money zero() {
    return new Money(BigDecimal.ZERO, DOLLAR);
  }

  /**
   * Returns the sum.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money plus(Money other) {
    return new Money(amount.add(sameCurrency(other).amount), currency);
  }

  /**
   * Returns the difference, which may be negative.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money minus(Money other) {
    return new Money(amount.subtract(sameCurrency(other).amount), currency);
  }

  /** Returns this amount so many times. */
  public Money times(BigDecimal factor) {
    return new Money(amount.multiply(factor), currency);
  }

  /** Returns this amount so many times. */
  public Money times(long factor) {
    return times(BigDecimal.valueOf(factor));
  }

  /** Returns whether the amount is zero. */
  public boolean isZero() {
    return amount.signum() == 0;
  }

  /**
   * Compares amounts.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  @Override
  public int compareTo(Money other) {
    return amount.compareTo(sameCurrency(other).amount);
  }

  /**
   * Returns for example {@code 3.12 USD}: with two decimal places, or four for amounts below 0.10.
   */
  @Override
  public String toString() {
    boolean small = amount.signum() != 0 && amount.abs().compareTo(new BigDecimal("0.10")) < 0;
    return amount.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString() + " " + currency;
  }

  private Money sameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "Amounts in " + currency + " and " + other.currency + " cannot be combined.");
    }
    return other;
  }
}
