package dev.finetune4j.local.internal.server;

/** A request that is answered with an error in OpenAI's format. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Refusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static Refusal invalid(String message) {
    return new Refusal(400, "invalid_request", message);
  }

  static Refusal unsupported(String what) {
    return new Refusal(400, "unsupported", "This server does not support " + what + ".");
  }

  static Refusal unknownModel(String model, Object known) {
    return new Refusal(
        404,
        "model_not_found",
        "There is no model \"" + model + "\" here; there are " + known + ".");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
