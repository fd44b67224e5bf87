package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.SimulatedRequest;

/** Lets every request pass: each route of the store checks the signature of its URL. */
final class StoreGate implements Dispatch.Gate {

  @Override
  public void admit(SimulatedRequest request, String template) {}

  @Override
  public Answer dress(SimulatedRequest request, Answer answer) {
    return answer.withHeader("x-amz-request-id", "SIMULATED");
  }

  @Override
  public Answer notFound(SimulatedRequest request) {
    return Signature.refusal(404, "NoSuchKey", "There is nothing there").answer();
  }

  @Override
  public Answer unreadable(SimulatedRequest request, RuntimeException cause) {
    return Signature.refusal(500, "InternalError", "The simulator failed: " + cause).answer();
  }
}
