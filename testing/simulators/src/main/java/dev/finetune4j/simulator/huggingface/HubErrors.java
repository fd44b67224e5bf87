package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Refusal;

/** Errors in the Hub's form: a code and a sentence in headers, the sentence in the body too. */
final class HubErrors {

  private HubErrors() {}

  static Answer of(int status, String message) {
    return Answer.json(status, JsonObject.empty().put("error", message))
        .withHeader("X-Error-Message", message);
  }

  static Answer of(int status, String code, String message) {
    return of(status, message).withHeader("X-Error-Code", code);
  }

  static Refusal badToken() {
    return new Refusal(of(401, "Invalid credentials in Authorization header"));
  }

  static Refusal unseen(boolean anonymous) {
    return new Refusal(
        anonymous
            ? of(401, "Invalid username or password.")
            : of(404, "RepoNotFound", "Repository not found"));
  }

  static Refusal noRevision(String revision) {
    return new Refusal(of(404, "RevisionNotFound", "Invalid rev id: " + revision));
  }

  static Refusal noEntry() {
    return new Refusal(of(404, "EntryNotFound", "Entry not found"));
  }

  static Refusal invalid(String message) {
    return new Refusal(of(400, message));
  }
}
