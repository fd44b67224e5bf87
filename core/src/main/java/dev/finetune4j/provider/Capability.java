package dev.finetune4j.provider;

/**
 * What a provider may be able to do. What is declared works; what is not is refused before any
 * request.
 */
public enum Capability {
  /** Learn the answers given. */
  SUPERVISED_TRAINING,
  /** Prefer one answer to another. */
  PREFERENCE_TRAINING,
  /** Raise a grader's score. */
  REINFORCEMENT_TRAINING,
  /** The caller may ask for a low-rank adapter. */
  LOW_RANK_UPDATE,
  /** The caller may ask for all weights to change. */
  FULL_UPDATE,
  /** Takes validation data and reports the loss on it. */
  VALIDATION_DATA,
  /** Takes a seed. */
  SEED,
  /** Examples may hold tools and calls of them. */
  TOOLS,
  /** Examples may hold images. */
  IMAGES,
  /** Ends a job on request. */
  CANCEL_JOB,
  /** Pauses a job and resumes it. */
  PAUSE_JOB,
  /** Reports what happens to a job. */
  JOB_EVENTS,
  /** Keeps checkpoints that can be listed. */
  CHECKPOINTS,
  /** Lists the jobs of the account. */
  LIST_JOBS,
  /** A base model can be asked without a deployment. */
  BASE_MODEL_INFERENCE,
  /** A tuned model can be asked without a deployment. */
  TUNED_MODEL_INFERENCE,
  /** A model is deployed before it is asked. */
  DEPLOYMENT,
  /** Answers can be streamed. */
  STREAMING
}
