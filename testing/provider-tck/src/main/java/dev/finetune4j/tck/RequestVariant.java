package dev.finetune4j.tck;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.testkit.Requests;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.PreferenceTraining;
import dev.finetune4j.training.ReinforcementTraining;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.training.WeightUpdate;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request that needs one capability beside the plainest ones.
 *
 * @param capability what it needs
 * @param alsoNeeded what it cannot do without besides
 * @param request the request
 */
record RequestVariant(
    Capability capability, Set<Capability> alsoNeeded, FineTuningRequest request) {

  /** Returns a request for each capability that a request can need. */
  static List<RequestVariant> all(
      String baseModel,
      String reinforcementModel,
      String imageModel,
      Hyperparameters hyperparameters) {
    SupervisedTraining plain =
        SupervisedTraining.withDefaults().withHyperparameters(hyperparameters);
    Dataset<ChatExample> sums = Requests.sums();
    List<RequestVariant> all = new ArrayList<>();
    all.add(variant(Capability.SUPERVISED_TRAINING, of(baseModel, plain, sums)));
    all.add(
        new RequestVariant(
            Capability.PREFERENCE_TRAINING,
            Set.of(),
            FineTuningRequest.builder(
                    baseModel,
                    PreferenceTraining.withDefaults().withHyperparameters(hyperparameters),
                    preferences())
                .submissionKey(SubmissionKey.random())
                .build()));
    all.add(
        new RequestVariant(
            Capability.REINFORCEMENT_TRAINING,
            Set.of(Capability.VALIDATION_DATA),
            FineTuningRequest.builder(
                    reinforcementModel,
                    ReinforcementTraining.towards(
                        GraderSpec.exactMatch("exact", PromptExample.ANSWER)),
                    prompts(2))
                .validationData(prompts(3))
                .build()));
    all.add(
        variant(
            Capability.LOW_RANK_UPDATE,
            of(baseModel, plain.withWeightUpdate(WeightUpdate.lowRank(4)), sums)));
    all.add(
        variant(
            Capability.FULL_UPDATE,
            of(baseModel, plain.withWeightUpdate(WeightUpdate.full()), sums)));
    all.add(
        variant(
            Capability.VALIDATION_DATA,
            of(baseModel, plain, sums).validationData(Requests.sums())));
    all.add(variant(Capability.SEED, of(baseModel, plain, sums).seed(7)));
    all.add(variant(Capability.TOOLS, of(baseModel, plain, withTools())));
    all.add(variant(Capability.IMAGES, of(imageModel, plain, withImages())));
    return all;
  }

  private static FineTuningRequest.Builder<ChatExample> of(
      String baseModel, SupervisedTraining method, Dataset<ChatExample> data) {
    return FineTuningRequest.builder(baseModel, method, data);
  }

  private static RequestVariant variant(
      Capability capability, FineTuningRequest.Builder<ChatExample> request) {
    Set<Capability> also =
        capability == Capability.SUPERVISED_TRAINING
            ? Set.of()
            : Set.of(Capability.SUPERVISED_TRAINING);
    return new RequestVariant(capability, also, request.build());
  }

  private static Dataset<PreferenceExample> preferences() {
    List<PreferenceExample> pairs = new ArrayList<>();
    for (int number = 1; number <= 12; number++) {
      pairs.add(
          PreferenceExample.of(
              List.of(Message.user(number + " + 1 = ?")),
              Message.assistant(String.valueOf(number + 1)),
              Message.assistant(String.valueOf(number))));
    }
    return Dataset.of("preferences", PreferenceExample.class, pairs);
  }

  private static Dataset<PromptExample> prompts(int added) {
    List<PromptExample> prompts = new ArrayList<>();
    for (int number = 1; number <= 12; number++) {
      prompts.add(
          PromptExample.of(
              List.of(Message.user(number + " + " + added + " = ?")),
              String.valueOf(number + added)));
    }
    return Dataset.of("prompts", PromptExample.class, prompts);
  }

  private static Dataset<ChatExample> withTools() {
    ToolDefinition tool = new ToolDefinition("add", "Adds two numbers.", "{\"type\":\"object\"}");
    List<ChatExample> examples =
        Requests.sums()
            .examples()
            .map(example -> new ChatExample(example.messages(), List.of(tool)))
            .toList();
    return Dataset.of("sums with a tool", ChatExample.class, examples);
  }

  private static Dataset<ChatExample> withImages() {
    Message question =
        new Message(
            Role.USER,
            List.of(new ContentPart.Image(URI.create("https://example.org/sum.png"))),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false);
    return Dataset.of(
        "sums as images",
        ChatExample.class,
        Collections.nCopies(12, ChatExample.of(question, Message.assistant("4"))));
  }
}
