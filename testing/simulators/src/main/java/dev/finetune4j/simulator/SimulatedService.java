package dev.finetune4j.simulator;

/** Handles the requests of a simulated service. Called from several threads at once. */
@FunctionalInterface
public interface SimulatedService {

  /** Handles the request and says what to send back, and how. */
  Delivery serve(SimulatedRequest request);
}
