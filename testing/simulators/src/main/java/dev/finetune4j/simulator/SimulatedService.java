package dev.finetune4j.simulator;

/** What a simulated service does with one request. Called from several threads at once. */
@FunctionalInterface
public interface SimulatedService {

  /** Handles the request and says what to send back, and how. */
  Delivery serve(SimulatedRequest request);
}
