package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tuned model must bring to be used. Immutable and thread-safe; the builder is not.
 *
 * <p>Unless set otherwise: a gain of at least 2 points at a significance level of 0.05, the
 * one-time cost back within 12 months, no limit on cost, and nothing known of the traffic.
 */
public final class DecisionPolicy {
  private final String grader;
  private final double minimumGainPoints;
  private final double significanceLevel;
  private final @Nullable Money maximumOneTimeCost;
  private final OptionalLong requestsPerMonth;
  private final Set<String> mustNotRegress;
  private final int payBackMonths;
  private final int minimumLifetimeDays;

  private DecisionPolicy(Builder builder) {
    grader = builder.grader;
    minimumGainPoints = builder.minimumGainPoints;
    significanceLevel = builder.significanceLevel;
    maximumOneTimeCost = builder.maximumOneTimeCost;
    requestsPerMonth = builder.requestsPerMonth;
    mustNotRegress = Set.copyOf(builder.mustNotRegress);
    payBackMonths = builder.payBackMonths;
    minimumLifetimeDays = builder.minimumLifetimeDays;
  }

  /** Starts a policy that decides by the scores of {@code grader}. */
  public static Builder builder(String grader) {
    return new Builder(grader);
  }

  /** Returns the grader whose scores decide. */
  public String grader() {
    return grader;
  }

  /** Returns the least gain over the best baseline, in points of a hundred. */
  public double minimumGainPoints() {
    return minimumGainPoints;
  }

  /** Returns the chance of taking noise for a gain that is accepted. */
  public double significanceLevel() {
    return significanceLevel;
  }

  /** Returns the most that making the tuned model may cost. */
  public Optional<Money> maximumOneTimeCost() {
    return Optional.ofNullable(maximumOneTimeCost);
  }

  /** Returns the traffic that is expected. */
  public OptionalLong requestsPerMonth() {
    return requestsPerMonth;
  }

  /** Returns further graders by which the tuned model must not be worse by more than noise. */
  public Set<String> mustNotRegress() {
    return mustNotRegress;
  }

  /** Returns the months within which the one-time cost must come back. */
  public int payBackMonths() {
    return payBackMonths;
  }

  /** Returns how long the base model must still answer, in days. */
  public int minimumLifetimeDays() {
    return minimumLifetimeDays;
  }

  /** Collects the parts of a policy. Not thread-safe. */
  public static final class Builder {
    private final String grader;
    private double minimumGainPoints = 2;
    private double significanceLevel = 0.05;
    private @Nullable Money maximumOneTimeCost;
    private OptionalLong requestsPerMonth = OptionalLong.empty();
    private final Set<String> mustNotRegress = new LinkedHashSet<>();
    private int payBackMonths = 12;
    private int minimumLifetimeDays = 1;

    private Builder(String grader) {
      this.grader = grader;
    }

    /** Sets the least gain in points of a hundred, 0 or more; the default is 2. */
    public Builder minimumGainPoints(double points) {
      if (!(points >= 0 && points <= 100)) {
        throw new IllegalArgumentException("A gain is 0 to 100 points, not " + points + ".");
      }
      minimumGainPoints = points;
      return this;
    }

    /** Sets the significance level, above 0 and below 1; the default is 0.05. */
    public Builder significanceLevel(double level) {
      if (!(level > 0 && level < 1)) {
        throw new IllegalArgumentException("A level lies between 0 and 1, not at " + level + ".");
      }
      significanceLevel = level;
      return this;
    }

    /** Sets the most that making the tuned model may cost. */
    public Builder maximumOneTimeCost(Money cost) {
      maximumOneTimeCost = cost;
      return this;
    }

    /** Sets the traffic that is expected. */
    public Builder requestsPerMonth(long requests) {
      requestsPerMonth = OptionalLong.of(requests);
      return this;
    }

    /** Adds a grader by which the tuned model must not be worse. */
    public Builder mustNotRegress(String otherGrader) {
      mustNotRegress.add(otherGrader);
      return this;
    }

    /** Sets the months within which the one-time cost must come back, at least 1. */
    public Builder payBackMonths(int months) {
      if (months < 1) {
        throw new IllegalArgumentException("Paying back takes at least 1 month, not " + months);
      }
      payBackMonths = months;
      return this;
    }

    /** Sets how many days the base model must still answer; the default is 1. */
    public Builder minimumLifetimeDays(int days) {
      minimumLifetimeDays = days;
      return this;
    }

    /** Returns the policy. */
    public DecisionPolicy build() {
      return new DecisionPolicy(this);
    }
  }
}
