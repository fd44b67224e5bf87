package dev.finetune4j.testkit.simulator.openai;

import dev.finetune4j.json.JsonObject;

/** Why a job cannot go on: what its {@code error} member says. */
record Problem(String code, String param, String message) {

  JsonObject toJson() {
    return JsonObject.empty().put("code", code).put("param", param).put("message", message);
  }
}
