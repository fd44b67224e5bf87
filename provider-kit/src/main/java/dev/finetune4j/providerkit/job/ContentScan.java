package dev.finetune4j.providerkit.job;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.training.FineTuningRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds tools and images in data for a service that does not support them. Stateless. */
final class ContentScan {

  private ContentScan() {}

  /** Returns what is in the data and must not be. Reads it only if something must not be. */
  static Optional<String> of(FineTuningRequest request, Set<Capability> capabilities) {
    boolean tools = capabilities.contains(Capability.TOOLS);
    boolean images = capabilities.contains(Capability.IMAGES);
    if (tools && images) {
      return Optional.empty();
    }
    List<Dataset<?>> sets = new ArrayList<>(List.of(request.trainingData()));
    request.validationData().ifPresent(sets::add);
    for (Dataset<?> set : sets) {
      try (Stream<? extends Example> examples = set.examples()) {
        Optional<String> found =
            examples
                .filter(example -> (!tools && hasTools(example)) || (!images && hasImages(example)))
                .findFirst()
                .map(example -> hasImages(example) && !images ? "images" : "tools");
        if (found.isPresent()) {
          return found.map(what -> "examples with " + what);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasTools(Example example) {
    return !example.tools().isEmpty()
        || example.messages().stream().anyMatch(each -> !each.toolCalls().isEmpty());
  }

  private static boolean hasImages(Example example) {
    return example.messages().stream()
        .flatMap(message -> message.content().stream())
        .anyMatch(ContentPart.Image.class::isInstance);
  }
}
