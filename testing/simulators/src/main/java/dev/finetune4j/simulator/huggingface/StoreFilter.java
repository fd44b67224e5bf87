package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;

/** Accepts every request; each route of the store checks the signature of its URL. */
final class StoreFilter implements Dispatch.RequestFilter {

  @Override
  public void admit(SimulatedRequest request, String template) {}

  @Override
  public SimulatedResponse dress(SimulatedRequest request, SimulatedResponse answer) {
    return answer.withHeader("x-amz-request-id", "SIMULATED");
  }

  @Override
  public SimulatedResponse notFound(SimulatedRequest request) {
    return Signature.refusal(404, "NoSuchKey", "There is nothing there").answer();
  }

  @Override
  public SimulatedResponse unreadable(SimulatedRequest request, RuntimeException cause) {
    return Signature.refusal(500, "InternalError", "The simulator failed: " + cause).answer();
  }
}
