package dev.finetune4j.deployment;

/** How much a deployment can answer, in the terms in which providers sell it. */
public sealed interface Capacity {

  /** Returns capacity that is paid per token, or not at all. */
  static Capacity serverless() {
    return new Serverless();
  }

  /** Paid per token, or not at all. */
  record Serverless() implements Capacity {}

  /**
   * A reserved rate.
   *
   * @param units in the provider's own unit, for example thousands of tokens per minute
   */
  record Throughput(int units) implements Capacity {}

  /**
   * Machines.
   *
   * @param instance the provider's name of the kind of machine
   * @param minimumReplicas how many run when nobody asks; 0 where it can scale to zero
   * @param maximumReplicas the most that run
   */
  record Hardware(String instance, int minimumReplicas, int maximumReplicas) implements Capacity {}
}
