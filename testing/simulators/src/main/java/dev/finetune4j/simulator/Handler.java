package dev.finetune4j.simulator;

/** What a service does on one route. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request.
   *
   * @throws Refusal to answer with an error instead
   */
  Answer handle(SimulatedRequest request) throws Refusal;
}
