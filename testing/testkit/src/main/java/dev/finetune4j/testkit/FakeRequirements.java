package dev.finetune4j.testkit;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.MethodKind;
import dev.finetune4j.training.WeightUpdate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a request needs of its provider. */
final class FakeRequirements {

  private FakeRequirements() {}

  static void check(FakeSettings settings, FineTuningRequest request) {
    settings.require(methodOf(request.method().kind()), "Choose another method.");
    if (request.method().weightUpdate() instanceof WeightUpdate.LowRank) {
      settings.require(Capability.LOW_RANK_UPDATE, "Let the provider choose the update.");
    }
    if (request.method().weightUpdate() instanceof WeightUpdate.Full) {
      settings.require(Capability.FULL_UPDATE, "Let the provider choose the update.");
    }
    if (request.validationData().isPresent()) {
      settings.require(Capability.VALIDATION_DATA, "Remove the validation data.");
    }
    if (request.seed().isPresent()) {
      settings.require(Capability.SEED, "Leave the seed out.");
    }
    if (anyExample(request, FakeRequirements::hasTools)) {
      settings.require(Capability.TOOLS, "Remove the examples with tools.");
    }
    if (anyExample(request, FakeRequirements::hasImages)) {
      settings.require(Capability.IMAGES, "Remove the examples with images.");
    }
  }

  private static boolean anyExample(FineTuningRequest request, Predicate<Example> condition) {
    try (Stream<? extends Example> examples = request.trainingData().examples()) {
      return examples.anyMatch(condition);
    }
  }

  private static Capability methodOf(MethodKind kind) {
    return switch (kind) {
      case SUPERVISED -> Capability.SUPERVISED_TRAINING;
      case PREFERENCE -> Capability.PREFERENCE_TRAINING;
      case REINFORCEMENT -> Capability.REINFORCEMENT_TRAINING;
    };
  }

  private static boolean hasTools(Example example) {
    return !example.tools().isEmpty();
  }

  private static boolean hasImages(Example example) {
    return example.messages().stream()
        .flatMap(message -> message.content().stream())
        .anyMatch(part -> part instanceof ContentPart.Image);
  }
}
