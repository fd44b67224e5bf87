package dev.finetune4j.workflow;

import dev.finetune4j.workflow.journal.Step;
import java.util.Map;

/**
 * One step: acts, and takes up its own result, whether it acted a moment ago or in an earlier life
 * of the run.
 */
interface WorkflowStep {

  Step step();

  /**
   * Acts and returns what the journal must remember. Larger results are stored as texts beside the
   * journal.
   */
  Map<String, String> perform(RunState run);

  /** Makes the result of this step known to the steps after it. */
  void restore(RunState run, Map<String, String> result);
}
