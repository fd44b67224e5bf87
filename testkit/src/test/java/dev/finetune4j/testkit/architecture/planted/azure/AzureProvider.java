package dev.finetune4j.testkit.architecture.planted.azure;

import dev.finetune4j.testkit.architecture.planted.openai.internal.wire.JobWire;

/** Knows the wire types of another provider. */
public final class AzureProvider {

  /** Looks into another module. */
  String peek(JobWire job) {
    return job.id();
  }
}
