package dev.finetune4j.simulator;

/** Handles the requests of one route. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers a request.
   *
   * @throws ErrorResponseException to answer with an error instead
   */
  SimulatedResponse handle(SimulatedRequest request) throws ErrorResponseException;
}
