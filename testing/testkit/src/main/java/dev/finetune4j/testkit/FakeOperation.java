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
  /** A request for a deployment, whether it creates one or finds an existing one. */
  DEPLOY,
  /** The creation of a deployment; at most once for each name, within a request for it. */
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
