package dev.finetune4j.buildrules.planted.azure;

import dev.finetune4j.buildrules.planted.openai.internal.wire.JobWire;

/** Knows the wire types of another provider. */
public final class AzureProvider {

  /** Looks into another module. */
  String peek(JobWire job) {
    return job.id();
  }
}
