package dev.finetune4j.providerkit;

/** Whether a request may be retried after its response was lost. */
public enum Idempotency {
  /** Sending it again changes nothing, or only costs its price again. */
  SAFE,
  /** The service takes two with the same key as one. */
  KEYED,
  /** Sent again only if the service certainly never got it, or refused it as too much. */
  ONCE
}
