package dev.finetune4j.baseline;

import dev.finetune4j.inference.ChatModel;
import java.util.Objects;

/**
 * Another model in the place of the base.
 *
 * @param name the name for tables
 * @param model what is asked
 */
record OtherModel(String name, ChatModel model) implements Baseline {

  OtherModel {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(model, "model");
  }

  @Override
  public ChatModel on(ChatModel base) {
    return model;
  }
}
