package dev.finetune4j.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ProviderId;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SupervisedTraining;
import java.net.URI;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CostEstimatorTest {
  private static final ProviderId PROVIDER = new ProviderId("fake");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  @Test
  void exactTokensAndPricesGiveAnExactEstimate() {
    CostEstimate estimate =
        estimate(new TrainingPrice.PerMillionTokens(Money.dollars("25")), true, 3).orElseThrow();

    assertThat(estimate.trainedTokens()).isEqualTo(3 * 40 * 1_000);
    assertThat(estimate.low()).isEqualTo(Money.dollars("3"));
    assertThat(estimate.high()).isEqualTo(Money.dollars("3"));
    assertThat(estimate.assumptions())
        .containsExactly("Training costs 25.00 USD per million tokens.");
    assertThat(estimate).hasToString("3.00 USD for 120000 trained tokens in 3 epoch(s)");
  }

  @Test
  void estimatedTokensAndUnknownEpochsWidenTheRange() {
    CostEstimate estimate =
        estimate(new TrainingPrice.PerMillionTokens(Money.dollars("25")), false, 0).orElseThrow();

    assertThat(estimate.epochs()).isEqualTo(3);
    assertThat(estimate.low()).isEqualTo(Money.dollars("0.75"));
    assertThat(estimate.high()).isEqualTo(Money.dollars("7.5"));
    assertThat(estimate.assumptions())
        .containsExactly(
            "The provider chooses the epochs; 3 are assumed for 40 examples, by the rule of OpenAI's"
                + " data-preparation notebook. The range of the cost is for 1 to 6.",
            "Tokens are estimated, not counted by the model's own tokenizer: ± 25 %.",
            "Training costs 25.00 USD per million tokens.");
  }

  @Test
  void a6unknownEpochsWidenTheRangeOfExactTokensToo() {
    CostEstimate estimate =
        estimate(new TrainingPrice.PerMillionTokens(Money.dollars("25")), true, 0).orElseThrow();

    assertThat(estimate.low()).isEqualTo(Money.dollars("1"));
    assertThat(estimate.high()).isEqualTo(Money.dollars("6"));
    assertThatThrownBy(() -> Budget.of(Money.dollars("5.99")).require(estimate, Money.zero()))
        .isInstanceOf(BudgetExceededException.class);
  }

  @Test
  void h20imagesAndToolsAreAnEstimateWithARange() {
    Message picture =
        new Message(
            Role.USER,
            List.of(
                new ContentPart.Image(
                    URI.create("https://img.example.com/0.jpg"), Optional.of("high")),
                new ContentPart.Image(
                    URI.create("https://img.example.com/1.jpg"), Optional.of("low"))),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false);
    ToolDefinition tool = new ToolDefinition("look", "Looks closer.", "{}");
    FineTuningRequest request =
        FineTuningRequest.builder(
                "base-1",
                SupervisedTraining.withDefaults()
                    .withHyperparameters(Hyperparameters.builder().epochs(1).build()),
                Dataset.of(
                    "pictures",
                    ChatExample.class,
                    Collections.nCopies(
                        40,
                        new ChatExample(
                            List.of(picture, Message.assistant("apple")), List.of(tool)))))
            .build();

    CostEstimate estimate =
        new CostEstimator(catalog(new TrainingPrice.PerMillionTokens(Money.dollars("25"))))
            .estimate(PROVIDER, request, new Thousand(true))
            .orElseThrow();

    assertThat(estimate.low()).isEqualTo(Money.dollars("0.318"));
    assertThat(estimate.high()).isEqualTo(Money.dollars("1.682"));
    assertThat(estimate.assumptions())
        .containsExactly(
            "Images and declared tools are estimated, so the 40,000 tokens of an epoch may be wrong"
                + " by 27,280.",
            "Training costs 25.00 USD per million tokens.");
  }

  @Test
  void aMachineIsPricedByItsAssumedSpeed() {
    CostEstimate estimate =
        estimate(new TrainingPrice.PerHour(Money.dollars("36"), 100), true, 1).orElseThrow();

    assertThat(estimate.low()).isEqualTo(Money.dollars("3.000024"));
    assertThat(estimate.high()).isEqualTo(Money.dollars("5.00004"));
  }

  @Test
  void anUnknownPriceHasNoEstimateAndExceedsEveryBudget() {
    Optional<CostEstimate> estimate = estimate(null, true, 1);

    assertThat(estimate).isEmpty();
    assertThatThrownBy(
            () -> Budget.of(Money.dollars("5")).require(estimate.orElse(null), Money.zero()))
        .isInstanceOf(BudgetExceededException.class)
        .hasMessage(
            "The run has a ceiling of 5.00 USD, but the price of training is unknown. Provide a"
                + " price book with this base model, or remove the ceiling.");
  }

  @Test
  void aBudgetCoversTheUpperEndAndPastSpending() {
    Optional<CostEstimate> estimate =
        estimate(new TrainingPrice.PerMillionTokens(Money.dollars("25")), true, 3);
    Budget budget = Budget.of(Money.dollars("3.5"));

    budget.require(estimate.orElse(null), Money.dollars("0.5"));

    assertThatThrownBy(() -> budget.require(estimate.orElse(null), Money.dollars("0.6")))
        .isInstanceOf(BudgetExceededException.class)
        .hasMessage(
            "Training would cost up to 3.00 USD (3.60 USD including what was spent), above the ceiling of"
                + " 3.50 USD. Use less data, fewer epochs or a cheaper base model, or start"
                + " another run with a higher ceiling.");
  }

  private static Optional<CostEstimate> estimate(
      @Nullable TrainingPrice price, boolean exact, int epochs) {
    Hyperparameters hyperparameters =
        epochs == 0
            ? Hyperparameters.providerDefaults()
            : Hyperparameters.builder().epochs(epochs).build();
    FineTuningRequest request =
        FineTuningRequest.builder(
                "base-1",
                SupervisedTraining.withDefaults().withHyperparameters(hyperparameters),
                Dataset.of(
                    "forty",
                    ChatExample.class,
                    Collections.nCopies(
                        40, ChatExample.of(Message.user("a"), Message.assistant("b")))))
            .build();
    return new CostEstimator(catalog(price)).estimate(PROVIDER, request, new Thousand(exact));
  }

  private static ModelCatalog catalog(@Nullable TrainingPrice price) {
    return ModelCatalog.of(
        PROVIDER,
        TODAY,
        List.of(CatalogEntry.builder("base-1", "made up", TODAY).trainingPrice(price).build()));
  }

  /** Every example has a thousand tokens. */
  private record Thousand(boolean isExact) implements TokenCounter {
    @Override
    public long count(String text) {
      return 1_000;
    }

    @Override
    public long count(Example example) {
      return 1_000;
    }
  }
}
