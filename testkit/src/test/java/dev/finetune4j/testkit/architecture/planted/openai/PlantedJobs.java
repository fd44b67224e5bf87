package dev.finetune4j.testkit.architecture.planted.openai;

import dev.finetune4j.testkit.ManualTime;
import dev.finetune4j.testkit.architecture.planted.azure.AzureProvider;
import dev.finetune4j.testkit.architecture.planted.openai.internal.wire.JobWire;

/** Shows itself and a wire type, and knows another provider and test code. */
public final class PlantedJobs {

  /** Shows a wire type. */
  public JobWire job() {
    return new JobWire("1", new AzureProvider().hashCode() + " at " + new ManualTime().now());
  }
}
