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
 * The requirements that a tuned model must meet to be used. Immutable and thread-safe; the builder
 * is not.
 *
 * <p>By default a gain of at least 2 points at a significance level of 0.05 is required, the
 * one-time cost is spread over 12 months, costs are not limited, and the traffic is unknown.
 */
public final class DecisionPolicy {
  private final String grader;
  private final double minimumGainPoints;
  private final double significanceLevel;
  private final double maximumMissingShare;
  private final boolean provenGain;
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
    maximumMissingShare = builder.maximumMissingShare;
    provenGain = builder.provenGain;
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

  /** Returns the minimum gain over the best baseline, in percentage points. */
  public double minimumGainPoints() {
    return minimumGainPoints;
  }

  /** Returns the accepted probability of mistaking noise for a gain. */
  public double significanceLevel() {
    return significanceLevel;
  }

  /** Returns the share of samples without a grade above which there is no verdict on quality. */
  public double maximumMissingShare() {
    return maximumMissingShare;
  }

  /** Returns whether the interval must show the minimum gain, not only the measured gain. */
  public boolean provenGain() {
    return provenGain;
  }

  /** Returns the maximum one-time cost of the tuned model. */
  public Optional<Money> maximumOneTimeCost() {
    return Optional.ofNullable(maximumOneTimeCost);
  }

  /** Returns the maximum monthly cost of the tuned model, hosting and requests together. */
  public Optional<Money> maximumMonthlyCost() {
    return Optional.ofNullable(maximumMonthlyCost);
  }

  /** Returns the maximum cost of a thousand requests, excluding hosting. */
  public Optional<Money> maximumPerThousandRequests() {
    return Optional.ofNullable(maximumPerThousandRequests);
  }

  /** Returns the expected traffic. */
  public OptionalLong requestsPerMonth() {
    return requestsPerMonth;
  }

  /** Returns the graders by which the tuned model must not be significantly worse. */
  public Set<String> mustNotRegress() {
    return mustNotRegress;
  }

  /** Returns the slicings in which the tuned model must not be significantly worse on any slice. */
  public List<Slicing> mustNotRegressOn() {
    return mustNotRegressOn;
  }

  /** Returns the tag that groups samples, if any. */
  public Optional<String> clusterTag() {
    return Optional.ofNullable(clusterTag);
  }

  /** Returns whether the tuned model must also be cheaper. */
  public boolean mustPayBack() {
    return mustPayBack;
  }

  /** Returns the months within which the one-time cost must be recovered. */
  public int payBackMonths() {
    return payBackMonths;
  }

  /** Returns the number of days that the base model must remain available. */
  public int minimumLifetimeDays() {
    return minimumLifetimeDays;
  }

  /** Builds a policy. Not thread-safe. */
  public static final class Builder {
    private final String grader;
    private double minimumGainPoints = 2;
    private double significanceLevel = 0.05;
    private double maximumMissingShare = 0.02;
    private boolean provenGain;
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

    /** Sets the minimum gain in percentage points, 0 to 100; the default is 2. */
    public Builder minimumGainPoints(double points) {
      if (!(points >= 0 && points <= 100)) {
        throw new IllegalArgumentException(
            "minimumGainPoints must be 0 to 100, was " + points + ".");
      }
      minimumGainPoints = points;
      return this;
    }

    /** Sets the significance level, above 0 and below 1; the default is 0.05. */
    public Builder significanceLevel(double level) {
      if (!(level > 0 && level < 1)) {
        throw new IllegalArgumentException(
            "significanceLevel must be between 0 and 1, was " + level + ".");
      }
      significanceLevel = level;
      return this;
    }

    /**
     * Sets the share of samples of an alternative that may have no grade, because the model did not
     * answer, was not asked, or the grader failed: 0 to 1, by default 0.02. With more, the verdict
     * is {@link Verdict#NOT_ENOUGH_EVIDENCE}, unless a limit of the policy rules the model out.
     */
    public Builder maximumMissingShare(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "maximumMissingShare must be 0 to 1, was " + share + ".");
      }
      maximumMissingShare = share;
      return this;
    }

    /**
     * Requires the lower end of the interval of the gain to reach the minimum gain. By default it
     * is enough that the gain is significantly above 0 and the measured gain reaches the minimum.
     */
    public Builder provenGain() {
      provenGain = true;
      return this;
    }

    /** Sets the maximum one-time cost of the tuned model. */
    public Builder maximumOneTimeCost(Money cost) {
      maximumOneTimeCost = cost;
      return this;
    }

    /** Sets the maximum monthly cost of the tuned model at the expected traffic. */
    public Builder maximumMonthlyCost(Money cost) {
      maximumMonthlyCost = cost;
      return this;
    }

    /** Sets the maximum cost of a thousand requests to the tuned model. */
    public Builder maximumPerThousandRequests(Money cost) {
      maximumPerThousandRequests = cost;
      return this;
    }

    /** Sets the expected traffic. */
    public Builder requestsPerMonth(long requests) {
      requestsPerMonth = OptionalLong.of(requests);
      return this;
    }

    /** Adds a grader by which the tuned model must not be significantly worse. */
    public Builder mustNotRegress(String otherGrader) {
      mustNotRegress.add(otherGrader);
      return this;
    }

    /**
     * Adds a slicing in which the tuned model must not be significantly worse on any slice by the
     * deciding grader. The p-values of all slices and other graders are corrected together.
     */
    public Builder mustNotRegressOn(Slicing slicing) {
      mustNotRegressOn.add(slicing);
      return this;
    }

    /** Groups samples by a tag, for example by customer. */
    public Builder clusteredBy(String tag) {
      clusterTag = tag;
      return this;
    }

    /** Requires the tuned model to be cheaper at the expected traffic, not only better. */
    public Builder mustPayBack() {
      mustPayBack = true;
      return this;
    }

    /**
     * Sets the months within which the one-time cost must be recovered, at least 1; the default is
     * 12.
     */
    public Builder payBackMonths(int months) {
      if (months < 1) {
        throw new IllegalArgumentException("payBackMonths must be at least 1, was " + months + ".");
      }
      payBackMonths = months;
      return this;
    }

    /** Sets how many days the base model must remain available; the default is 1. */
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
