package dev.finetune4j.decision;

import dev.finetune4j.cost.Money;
import dev.finetune4j.evaluation.Slicing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final @Nullable Money maximumMonthlyCost;
  private final @Nullable Money maximumPerThousandRequests;
  private final Set<String> mustNotRegress;
  private final List<Slicing> mustNotRegressOn;
  private final @Nullable String clusterTag;
  private final boolean mustPayBack;
  private final int payBackMonths;
  private final int minimumLifetimeDays;

  private DecisionPolicy(Builder builder) {
    grader = builder.grader;
    minimumGainPoints = builder.minimumGainPoints;
    significanceLevel = builder.significanceLevel;
    maximumOneTimeCost = builder.maximumOneTimeCost;
    requestsPerMonth = builder.requestsPerMonth;
    maximumMonthlyCost = builder.maximumMonthlyCost;
    maximumPerThousandRequests = builder.maximumPerThousandRequests;
    mustNotRegress = Set.copyOf(builder.mustNotRegress);
    mustNotRegressOn = List.copyOf(builder.mustNotRegressOn);
    clusterTag = builder.clusterTag;
    mustPayBack = builder.mustPayBack;
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

  /** Returns the most that the tuned model may cost in a month, hosting and requests together. */
  public Optional<Money> maximumMonthlyCost() {
    return Optional.ofNullable(maximumMonthlyCost);
  }

  /** Returns the most that a thousand requests may cost, hosting aside. */
  public Optional<Money> maximumPerThousandRequests() {
    return Optional.ofNullable(maximumPerThousandRequests);
  }

  /** Returns the traffic that is expected. */
  public OptionalLong requestsPerMonth() {
    return requestsPerMonth;
  }

  /** Returns further graders by which the tuned model must not be worse by more than noise. */
  public Set<String> mustNotRegress() {
    return mustNotRegress;
  }

  /** Returns what the samples are cut by where the tuned model must not be worse on any slice. */
  public List<Slicing> mustNotRegressOn() {
    return mustNotRegressOn;
  }

  /** Returns the tag whose samples belong together, if any. */
  public Optional<String> clusterTag() {
    return Optional.ofNullable(clusterTag);
  }

  /** Returns whether the tuned model must also be cheaper, not only better. */
  public boolean mustPayBack() {
    return mustPayBack;
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
    private @Nullable Money maximumMonthlyCost;
    private @Nullable Money maximumPerThousandRequests;
    private final Set<String> mustNotRegress = new LinkedHashSet<>();
    private final List<Slicing> mustNotRegressOn = new ArrayList<>();
    private @Nullable String clusterTag;
    private boolean mustPayBack;
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

    /** Sets the most that the tuned model may cost in a month at the expected traffic. */
    public Builder maximumMonthlyCost(Money cost) {
      maximumMonthlyCost = cost;
      return this;
    }

    /** Sets the most that a thousand requests to the tuned model may cost. */
    public Builder maximumPerThousandRequests(Money cost) {
      maximumPerThousandRequests = cost;
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

    /**
     * Adds what to cut the samples by; on no slice may the tuned model be worse by the grader that
     * decides. The p-values of all slices and other graders are corrected together.
     */
    public Builder mustNotRegressOn(Slicing slicing) {
      mustNotRegressOn.add(slicing);
      return this;
    }

    /** Sets the tag whose samples belong together, for example all of one customer. */
    public Builder clusteredBy(String tag) {
      clusterTag = tag;
      return this;
    }

    /** Asks that the tuned model be cheaper at the expected traffic, not only better. */
    public Builder mustPayBack() {
      mustPayBack = true;
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
