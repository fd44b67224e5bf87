package dev.finetune4j.error;

/** Who must act before the same call can succeed. */
public enum Responsibility {
  /** The caller: the request, the data or the configuration must change. */
  CALLER,
  /** The account holder: a key, a permission, a quota or a bill must change. */
  CREDENTIALS,
  /** No one: the same call may succeed later. */
  WAIT,
  /** The provider or this library: the answer broke the contract that is documented. */
  PROVIDER
}
