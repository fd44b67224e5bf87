package dev.finetune4j.local.internal.trainer;

/**
 * Every number that decides a loss curve, and when to save. Immutable; built by {@link #builder()}.
 *
 * <p>Defaults: 3 epochs, 16 examples a step in micro-batches of at most 8, learning rate 2e-4
 * falling by a cosine after 3 % warm-up, weight decay 0, gradient norm clipped to 1, beta 0.1, at
 * most 2048 tokens, seed 42, one worker a core up to 8, a checkpoint every 50 steps, no early stop.
 */
public final class TrainingSettings {
  private final Builder values;

  private TrainingSettings(Builder values) {
    this.values = values;
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** How often all examples are seen. */
  public int epochs() {
    return values.epochs;
  }

  /** Examples per optimiser step. */
  public int batchSize() {
    return values.batchSize;
  }

  /** The most examples that are computed at once; fewer need less memory. */
  public int microBatchSize() {
    return values.microBatchSize;
  }

  /** The highest learning rate. */
  public double learningRate() {
    return values.learningRate;
  }

  /** How the learning rate moves. */
  public LearningRateSchedule schedule() {
    return values.schedule;
  }

  /** The share of all steps in which the learning rate rises. */
  public double warmUpShare() {
    return values.warmUpShare;
  }

  /** AdamW's pull towards zero; norms and biases are not pulled. */
  public double weightDecay() {
    return values.weightDecay;
  }

  /** The norm to which the whole gradient is clipped; 0 for no clipping. */
  public double maximumGradientNorm() {
    return values.maximumGradientNorm;
  }

  /** How strongly preference training holds on to the reference. */
  public double beta() {
    return values.beta;
  }

  /** Where sequences are cut; never above the base's own limit. */
  public int maximumTokens() {
    return values.maximumTokens;
  }

  /** Decides order, initial adapter and dropout. */
  public long seed() {
    return values.seed;
  }

  /** Threads that compute gradients; part of what decides the loss curve. */
  public int workers() {
    return values.workers;
  }

  /** Steps between two checkpoints; 0 for none. */
  public int checkpointInterval() {
    return values.checkpointInterval;
  }

  /**
   * Epochs without a better validation loss after which to stop; 0 for never. The best weights win.
   */
  public int patience() {
    return values.patience;
  }

  /** Collects settings; not thread-safe. */
  public static final class Builder {
    private int epochs = 3;
    private int batchSize = 16;
    private int microBatchSize = 8;
    private double learningRate = 2e-4;
    private LearningRateSchedule schedule = LearningRateSchedule.COSINE;
    private double warmUpShare = 0.03;
    private double weightDecay;
    private double maximumGradientNorm = 1;
    private double beta = 0.1;
    private int maximumTokens = 2048;
    private long seed = 42;
    private int workers = Math.min(8, Runtime.getRuntime().availableProcessors());
    private int checkpointInterval = 50;
    private int patience;

    private Builder() {}

    /** Sets how often all examples are seen. */
    public Builder epochs(int value) {
      epochs = atLeast(1, value, "epochs");
      return this;
    }

    /** Sets the examples per optimiser step. */
    public Builder batchSize(int value) {
      batchSize = atLeast(1, value, "batch size");
      return this;
    }

    /** Sets the most examples that are computed at once. */
    public Builder microBatchSize(int value) {
      microBatchSize = atLeast(1, value, "micro-batch size");
      return this;
    }

    /** Sets the highest learning rate and how it moves. */
    public Builder learningRate(double value, LearningRateSchedule how) {
      if (!(value > 0)) {
        throw new IllegalArgumentException("the learning rate must be above 0, not " + value);
      }
      learningRate = value;
      schedule = how;
      return this;
    }

    /** Sets the share of steps in which the learning rate rises. */
    public Builder warmUpShare(double value) {
      warmUpShare = value;
      return this;
    }

    /** Sets AdamW's pull towards zero. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** Sets the norm to which gradients are clipped; 0 for no clipping. */
    public Builder maximumGradientNorm(double value) {
      maximumGradientNorm = value;
      return this;
    }

    /** Sets how strongly preference training holds on to the reference. */
    public Builder beta(double value) {
      beta = value;
      return this;
    }

    /** Sets where sequences are cut. */
    public Builder maximumTokens(int value) {
      maximumTokens = atLeast(2, value, "maximum tokens");
      return this;
    }

    /** Sets the seed. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets how many threads compute gradients. */
    public Builder workers(int value) {
      workers = atLeast(1, value, "workers");
      return this;
    }

    /** Sets the steps between two checkpoints; 0 for none. */
    public Builder checkpointInterval(int value) {
      checkpointInterval = atLeast(0, value, "checkpoint interval");
      return this;
    }

    /** Sets the epochs without improvement after which to stop; 0 for never. */
    public Builder patience(int value) {
      patience = atLeast(0, value, "patience");
      return this;
    }

    /** Takes a copy of what was set. */
    public TrainingSettings build() {
      Builder copy = new Builder();
      copy.epochs(epochs)
          .batchSize(batchSize)
          .microBatchSize(microBatchSize)
          .learningRate(learningRate, schedule);
      copy.warmUpShare(warmUpShare)
          .weightDecay(weightDecay)
          .maximumGradientNorm(maximumGradientNorm)
          .beta(beta);
      copy.maximumTokens(maximumTokens).seed(seed).workers(workers);
      copy.checkpointInterval(checkpointInterval).patience(patience);
      return new TrainingSettings(copy);
    }

    private static int atLeast(int minimum, int value, String name) {
      if (value < minimum) {
        throw new IllegalArgumentException(
            name + " must be at least " + minimum + ", not " + value);
      }
      return value;
    }
  }
}
