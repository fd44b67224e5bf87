package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;

/** The {@code error} member of a failed job. */
record Problem(String code, String param, String message) {

  JsonObject toJson() {
    return JsonObject.empty().put("code", code).put("param", param).put("message", message);
  }
}
