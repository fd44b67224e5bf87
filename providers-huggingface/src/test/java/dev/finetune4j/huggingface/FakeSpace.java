package dev.finetune4j.huggingface;

import dev.finetune4j.simulator.huggingface.HubJobScenario;
import dev.finetune4j.simulator.huggingface.JobOrder;
import java.time.Duration;

/**
 * The behavior of a Space's program in the simulated Hub.
 *
 * @param course how it goes
 */
record FakeSpace(HubJobScenario course) {
  private static final String OUTCOME = "finetune4j_outcome.json";

  /** Returns a training that succeeds: five steps, then an adapter and the outcome on the Hub. */
  static FakeSpace training(JobOrder order) {
    String base = order.environment().get("FINETUNE4J_BASE_MODEL");
    HubJobScenario course = HubJobScenario.of(Duration.ofMinutes(20)).saying("Fetching the base");
    for (int step = 1; step <= 5; step++) {
      course = course.saying(metrics(step));
    }
    return new FakeSpace(
        course
            .pushing(place(order) + "adapter_model.safetensors", "weights")
            .pushing(
                place(order) + "adapter_config.json",
                "{\"r\":16,\"base_model_name_or_path\":\"" + base + "\"}")
            .pushing(place(order) + OUTCOME, "{\"status\":\"succeeded\"}"));
  }

  /** Returns a program that ends with this outcome and without weights. */
  static FakeSpace saying(JobOrder order, String outcome) {
    return new FakeSpace(
        HubJobScenario.of(Duration.ofMinutes(5)).pushing(place(order) + OUTCOME, outcome));
  }

  private static String place(JobOrder order) {
    return "models/" + order.environment().get("FINETUNE4J_RESULT") + "/";
  }

  private static String metrics(int step) {
    return "finetune4j-event {\"id\":\"step-%d\",\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"metrics\",\"step\":%d,\"values\":{\"loss\":%s}}"
        .formatted(step, step, 3.0 / step);
  }
}
