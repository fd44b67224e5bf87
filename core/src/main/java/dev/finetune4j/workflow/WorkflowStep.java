package dev.finetune4j.workflow;

import dev.finetune4j.workflow.journal.Step;
import java.util.Map;

/** A step of a run: performs it once, and restores its result, also after the run was resumed. */
interface WorkflowStep {

  Step step();

  /** Performs the step and returns its result for the journal; larger results are stored apart. */
  Map<String, String> perform(RunState run);

  /** Makes the result available to later steps. */
  void restore(RunState run, Map<String, String> result);
}
