package dev.finetune4j.buildrules.planted.openai;

import dev.finetune4j.buildrules.planted.azure.AzureProvider;
import dev.finetune4j.buildrules.planted.openai.internal.wire.JobWire;
import dev.finetune4j.buildrules.planted.testkit.FakeClock;

/** Shows itself and a wire type, and knows another provider and test code. */
public final class PlantedJobs {

  /** Shows a wire type. */
  public JobWire job() {
    return new JobWire("1", new AzureProvider().hashCode() + " at " + new FakeClock().hashCode());
  }
}
