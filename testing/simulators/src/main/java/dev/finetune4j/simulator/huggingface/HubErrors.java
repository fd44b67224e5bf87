package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.SimulatedResponse;

/** Errors in the Hub's form: a code and a sentence in headers, the sentence in the body too. */
final class HubErrors {

  private HubErrors() {}

  static SimulatedResponse of(int status, String message) {
    return SimulatedResponse.json(status, JsonObject.empty().put("error", message))
        .withHeader("X-Error-Message", message);
  }

  static SimulatedResponse of(int status, String code, String message) {
    return of(status, message).withHeader("X-Error-Code", code);
  }

  static ErrorResponseException badToken() {
    return new ErrorResponseException(of(401, "Invalid credentials in Authorization header"));
  }

  static ErrorResponseException unseen(boolean anonymous) {
    return new ErrorResponseException(
        anonymous
            ? of(401, "Invalid username or password.")
            : of(404, "RepoNotFound", "Repository not found"));
  }

  static ErrorResponseException noRevision(String revision) {
    return new ErrorResponseException(of(404, "RevisionNotFound", "Invalid rev id: " + revision));
  }

  static ErrorResponseException noEntry() {
    return new ErrorResponseException(of(404, "EntryNotFound", "Entry not found"));
  }

  static ErrorResponseException invalid(String message) {
    return new ErrorResponseException(of(400, message));
  }
}
