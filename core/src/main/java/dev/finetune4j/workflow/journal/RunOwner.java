package dev.finetune4j.workflow.journal;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The owner of a run: the process that holds its claim.
 *
 * @param process a description of the process for people, such as {@code process 4711 on build-3}
 * @param since when the process claimed the run
 */
public record RunOwner(String process, Instant since) {

  /** Returns this process as an owner since the given time. */
  public static RunOwner thisProcess(Instant since) {
    return new RunOwner("process " + ProcessHandle.current().pid() + " on " + host(), since);
  }

  String toJson() {
    return JsonObject.empty().put("process", process).put("since", since.toString()).toString();
  }

  static RunOwner fromJson(String text) {
    try {
      JsonObject json = Json.parseObject(text);
      return new RunOwner(
          json.requireString("process"), Instant.parse(json.requireString("since")));
    } catch (JsonSyntaxException | DateTimeException unknownForm) {
      return new RunOwner("another process", Instant.EPOCH);
    }
  }

  @Override
  public String toString() {
    return process + " since " + since;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unknown) {
      return "an unknown host";
    }
  }
}
