package dev.finetune4j.workflow;

import dev.finetune4j.ProviderId;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** A task that is easy to get right and easy to get wrong: say the number backwards. */
public final class Plans {
  static final String BASE_MODEL = "base-1";

  private Plans() {}

  public static FineTuningPlan.Builder builder() {
    FineTuningRequest request =
        FineTuningRequest.builder(
                BASE_MODEL, SupervisedTraining.withDefaults(), examples("training", 100, 160))
            .validationData(examples("validation", 160, 170))
            .build();
    Dataset<PromptExample> test =
        Dataset.of(
            "test",
            PromptExample.class,
            examples("test", 200, 240).examples().map(PromptExample::from).toList());
    return FineTuningPlan.builder(request, test)
        .grader("exact", Graders.exact())
        .baselines(Baselines.zeroShot())
        .baselines(Baselines.fewShot(examples("pool", 100, 160), 2));
  }

  public static ChatModel right() {
    return question ->
        ChatResponse.of(backwards(question.messages().get(question.messages().size() - 1).text()));
  }

  public static ModelCatalog catalog() {
    return ModelCatalog.of(
        new ProviderId("fake"),
        LocalDate.of(2026, 1, 1),
        List.of(
            CatalogEntry.builder(BASE_MODEL, "made up for tests", LocalDate.of(2026, 1, 1))
                .trainingPrice(new TrainingPrice.PerMillionTokens(Money.dollars("100")))
                .hostingPricePerHour(Money.dollars("1.70"))
                .answersUntil(LocalDate.of(2027, 1, 1))
                .build()));
  }

  private static Dataset<ChatExample> examples(String name, int from, int to) {
    return Dataset.of(
        name,
        ChatExample.class,
        IntStream.range(from, to)
            .mapToObj(String::valueOf)
            .map(text -> ChatExample.of(Message.user(text), Message.assistant(backwards(text))))
            .toList());
  }

  private static String backwards(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
