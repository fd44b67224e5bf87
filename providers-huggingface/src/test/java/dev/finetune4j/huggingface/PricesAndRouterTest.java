package dev.finetune4j.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.finetune4j.ModelReference;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.Budget;
import dev.finetune4j.cost.BudgetExceededException;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.CostEstimator;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.inference.InferenceProviders;
import dev.finetune4j.huggingface.inference.RunningServer;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PricesAndRouterTest {
  private static final String BASE = "org/open-model";
  private static final ModelReference MODEL = new ModelReference(HuggingFaceProvider.ID, BASE);

  @TempDir Path folder;

  private final FakeClock time = new FakeClock();
  private final SimulatedHub simulated =
      SimulatedHub.builder().time(time).user("user").hosted(BASE).start();

  @AfterEach
  void stop() {
    simulated.close();
  }

  private HuggingFaceJobsOptions<HuggingFaceProvider> options() {
    return HuggingFaceProvider.onJobs(simulated::token)
        .hub(simulated.endpoint())
        .endpointsApi(simulated.endpointsApi())
        .router(simulated.router())
        .flavor("a10g-large")
        .timeout(Duration.ofHours(2))
        .cache(folder)
        .time(time);
  }

  private HuggingFaceHub hub() {
    return HuggingFaceHub.builder()
        .endpoint(simulated.endpoint())
        .token(simulated.token())
        .cache(folder)
        .time(time)
        .build();
  }

  @Test
  void pricesComeFromTheServices() {
    try (HuggingFaceProvider provider = options().servingOn("nvidia-l4-x1").build()) {
      PriceBook prices = provider.prices(1000);

      assertThat(prices.trainingPrice(MODEL))
          .contains(new TrainingPrice.PerHour(Money.dollars("1.5"), 1000));
      assertThat(prices.hostingPricePerHour(MODEL)).contains(Money.dollars("0.8"));
      assertThat(prices.inferencePrice(MODEL))
          .contains(new InferencePrice(Money.dollars("1.69"), Money.dollars("3.38")));
      assertThat(prices.trainingPrice(new ModelReference(HuggingFaceProvider.ID, "any/other")))
          .isPresent();
      assertThat(provider.longestTrainingCost()).contains(Money.dollars("3"));
    }
  }

  @Test
  void servingJobsCostTheirMachineAndPort() {
    try (HuggingFaceProvider provider =
        options().servingOnJobs("t4-small", Duration.ofHours(1)).build()) {
      assertThat(provider.prices(1000).hostingPricePerHour(MODEL))
          .contains(Money.dollars("0.4102"));
    }
  }

  @Test
  void thePriceOfTrainingInASpaceIsUnknown() {
    try (AutoTrainProvider provider =
        AutoTrainProvider.onSpaces(simulated::token)
            .hub(simulated.endpoint())
            .endpointsApi(simulated.endpointsApi())
            .router(simulated.router())
            .flavor("a10g-large")
            .servingOn("nvidia-l4-x1")
            .cache(folder)
            .time(time)
            .build()) {
      PriceBook prices = provider.prices(1000);

      assertThat(prices.trainingPrice(MODEL)).isEmpty();
      assertThat(provider.longestTrainingCost()).isEmpty();
      assertThat(prices.hostingPricePerHour(MODEL)).contains(Money.dollars("0.8"));
    }
  }

  @Test
  void costCeilingsApplyToJobs() {
    List<ChatExample> examples =
        Collections.nCopies(
            2000,
            ChatExample.of(Message.user("What is it?".repeat(20)), Message.assistant("That.")));
    FineTuningRequest request =
        FineTuningRequest.builder(
                BASE,
                SupervisedTraining.withDefaults(),
                Dataset.of("many", ChatExample.class, examples))
            .build();
    try (HuggingFaceProvider provider = options().build()) {
      CostEstimate estimate =
          new CostEstimator(provider.prices(10))
              .estimate(provider.id(), request, provider.tokenCounter(BASE))
              .orElseThrow();

      assertThat(estimate.high()).isGreaterThan(Money.dollars("1"));
      assertThat(
              catchThrowableOfType(
                  BudgetExceededException.class,
                  () -> Budget.of(Money.dollars("0.5")).require(estimate, Money.zero())))
          .isNotNull();
    }
  }

  @Test
  void anUnknownMachineIsRefusedWithTheAvailableOnes() {
    try (HuggingFaceProvider provider = options().flavor("tpu").build()) {
      assertThat(catchThrowableOfType(InvalidRequestException.class, () -> provider.prices(1000)))
          .hasMessageContaining("Unknown machine \"tpu\"; available are [cpu-basic, t4-small");
    }
  }

  @Test
  void theRouterCallsTheNamedProviderAndBillsTheOrganization() {
    try (HuggingFaceHub hub = hub();
        InferenceProviders router = InferenceProviders.billedTo("acme", hub, simulated.router())) {
      String answer = router.requireModel(BASE + ":novita").chat(ChatRequest.of("Who?")).text();

      RecordedExchange asked = simulated.requests().get(simulated.requests().size() - 1);
      assertThat(answer).isEqualTo("It is org/open-model.");
      assertThat(asked.path()).isEqualTo("/router/v1/chat/completions");
      assertThat(asked.requestBody()).contains("\"model\":\"org/open-model:novita\"");
      assertThat(asked.requestHeader("X-HF-Bill-To")).contains("acme");
    }
  }

  @Test
  void modelsWithoutAHostAreNotFoundBeforeAQuestion() {
    try (HuggingFaceHub hub = hub();
        InferenceProviders router = InferenceProviders.at(hub, simulated.router())) {
      NotFoundException unhosted =
          catchThrowableOfType(NotFoundException.class, () -> router.requireModel("user/my-tuned"));
      NotFoundException elsewhere =
          catchThrowableOfType(NotFoundException.class, () -> router.requireModel(BASE + ":groq"));

      assertThat(unhosted).hasMessageContaining("Deploy your own models first");
      assertThat(elsewhere)
          .hasMessageContaining(
              "groq does not host org/open-model now; available from [novita, together]");
      assertThat(router.requireModel(BASE + ":cheapest")).isNotNull();
    }
  }

  @Test
  void runningServersOfferOnlyListedModels() {
    URI address = simulated.router();
    try (RunningServer server = RunningServer.at(address, simulated::token)) {
      String answer = server.requireModel(BASE).chat(ChatRequest.of("Who?")).text();
      NotFoundException other =
          catchThrowableOfType(NotFoundException.class, () -> server.requireModel("my-adapter"));

      assertThat(answer).isEqualTo("It is org/open-model.");
      assertThat(server.models()).containsExactly(BASE);
      assertThat(other)
          .hasMessageContaining("does not serve \"my-adapter\"; it lists [org/open-model]");
    }
  }
}
