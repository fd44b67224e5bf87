package dev.finetune4j.workflow.journal;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;

/** The owner of a run as text, and this process as one. */
final class RunOwners {

  private RunOwners() {}

  static RunOwner thisProcess(Instant now) {
    return new RunOwner("process " + ProcessHandle.current().pid() + " on " + host(), now);
  }

  static String write(RunOwner owner) {
    return JsonObject.empty()
        .put("process", owner.process())
        .put("since", owner.since().toString())
        .toString();
  }

  static RunOwner read(String text) {
    try {
      JsonObject json = Json.parseObject(text);
      return new RunOwner(
          json.requireString("process"), Instant.parse(json.requireString("since")));
    } catch (JsonSyntaxException | DateTimeException notWrittenByUs) {
      return new RunOwner("another process", Instant.EPOCH);
    }
  }

  static JournalException heldBy(RunId run, RunOwner owner) {
    return new JournalException(
        "Run "
            + run
            + " is under way in "
            + owner
            + ". Wait until it has ended, or use another run id.",
        null);
  }

  static JournalException lost(RunId run) {
    return new JournalException(
        "The claim on run "
            + run
            + " was given back or taken over, so nothing was written. Start the run again if no"
            + " other process has it.",
        null);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "an unnamed host";
    }
  }
}
