package dev.finetune4j.buildrules.planted.openai.internal.wire;

/** A wire type that thinks. */
public record JobWire(String id, String status) {

  /** Thinks. */
  public boolean isDone() {
    return status.equals("succeeded");
  }
}
