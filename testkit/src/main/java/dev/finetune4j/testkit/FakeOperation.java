package dev.finetune4j.testkit;

/** What can be asked of a {@link FakeProvider}: each is counted, and each can be made to fail. */
public enum FakeOperation {
  /** A submission, whether it makes a job or finds one. */
  SUBMIT,
  /** The making of a job; happens inside a submission, at most once for each key. */
  CREATE_JOB,
  /** A look for a job by its submission key. */
  FIND_JOB,
  /** A snapshot of a job. */
  FETCH_JOB,
  /** A page of jobs. */
  LIST_JOBS,
  /** An end to a job. */
  CANCEL_JOB,
  /** A stop of a job. */
  PAUSE_JOB,
  /** A paused job going on. */
  RESUME_JOB,
  /** A page of events. */
  LIST_EVENTS,
  /** The checkpoints of a job. */
  LIST_CHECKPOINTS,
  /** A wish for a deployment, whether it makes one or finds one. */
  DEPLOY,
  /** The making of a deployment; happens inside a wish for one, at most once for each name. */
  CREATE_DEPLOYMENT,
  /** A snapshot of a deployment. */
  FETCH_DEPLOYMENT,
  /** An end to a deployment. */
  DELETE_DEPLOYMENT,
  /** All deployments. */
  LIST_DEPLOYMENTS,
  /** A question to a model. */
  CHAT
}
