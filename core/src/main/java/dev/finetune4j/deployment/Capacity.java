package dev.finetune4j.deployment;

/** How much a deployment can answer, in the terms in which providers sell it. */
public sealed interface Capacity {

  /** Returns capacity that is paid per token, or free. */
  static Capacity serverless() {
    return new Serverless();
  }

  /** Paid per token, or free. */
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
   * @param instance the provider's name of the machine type
   * @param minimumReplicas how many replicas run while idle; 0 where the provider can scale to zero
   * @param maximumReplicas the most replicas that run at once
   */
  record Hardware(String instance, int minimumReplicas, int maximumReplicas) implements Capacity {}
}
