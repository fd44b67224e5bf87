package dev.finetune4j.workflow.journal;

import java.time.Instant;

/**
 * Who holds the claim on a run.
 *
 * @param process the process, for a person, such as {@code process 4711 on build-3}
 * @param since when the claim was taken
 */
public record RunOwner(String process, Instant since) {

  /**
   * Returns this process as the owner of a run.
   *
   * @param since when the claim was taken
   */
  public static RunOwner thisProcess(Instant since) {
    return RunOwners.thisProcess(since);
  }

  @Override
  public String toString() {
    return process + " since " + since;
  }
}
