package dev.finetune4j.simulator;

/**
 * A response and how it is sent: complete, slow, cut or lost. Immutable.
 *
 * @param amount bytes of the body that are sent before the cut, or bytes a second, by {@code way}
 */
public record Delivery(SimulatedResponse answer, Way way, long amount) {

  /** How the answer travels. */
  public enum Way {
    /** As it is. */
    WHOLE,
    /** Not at all: the connection ends in an orderly way, without an answer. */
    LOST,
    /** Not at all: the connection is reset. */
    RESET,
    /** The head and the first bytes of the body, then the connection ends. */
    CUT,
    /** In small pieces with pauses between them, in real time. */
    SLOW
  }

  /** Makes the delivery of an answer that arrives as it is. */
  public static Delivery whole(SimulatedResponse answer) {
    return new Delivery(answer, Way.WHOLE, 0);
  }
}
