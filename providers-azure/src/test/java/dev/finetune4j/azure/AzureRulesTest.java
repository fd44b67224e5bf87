package dev.finetune4j.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.chat.Message;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.provider.Capability;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Azure's own rule, and the catalog. */
final class AzureRulesTest {

  @Test
  void examplesMustEndWithTheAnswer() {
    AzureRules<ChatExample> rule = new AzureRules<>();
    ExampleLocation at = ExampleLocation.line(3);

    assertThat(
            rule.check(
                ChatExample.of(Message.user("Hi"), Message.assistant("Hello"), Message.user("Bye")),
                at))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message()).isEqualTo("The last message has the role user."));
    assertThat(rule.check(ChatExample.of(Message.user("Hi"), Message.assistant("Ho")), at))
        .isEmpty();
  }

  @Test
  void theCatalogHasTheDatesAndTheHourlyPrice() {
    ModelCatalog catalog = AzureProvider.bundledCatalog();

    CatalogEntry mini = catalog.find("gpt-4.1-mini-2025-04-14").orElseThrow();
    assertThat(mini.trainableUntil()).contains(LocalDate.of(2027, 4, 14));
    assertThat(mini.answersUntil()).contains(LocalDate.of(2027, 10, 14));
    assertThat(mini.hostingPricePerHour()).contains(Money.dollars("1.7"));
    assertThat(catalog.find("Ministral-3B").orElseThrow().hostingPricePerHour()).isEmpty();
  }

  @Test
  void eachMethodIsAvailableUntilTheDateOfItsLastModel() {
    try (AzureProvider provider =
        AzureProvider.builder("https://name.openai.azure.com").apiKey("key").build()) {
      assertThat(provider.availableUntil(Capability.SUPERVISED_TRAINING))
          .contains(LocalDate.of(2027, 4, 14));
      assertThat(provider.availableUntil(Capability.PREFERENCE_TRAINING))
          .contains(LocalDate.of(2027, 4, 14));
      assertThat(provider.availableUntil(Capability.REINFORCEMENT_TRAINING))
          .contains(LocalDate.of(2027, 4, 16));
      assertThat(provider.availableUntil(Capability.DEPLOYMENT))
          .contains(LocalDate.of(2027, 10, 16));
      assertThat(provider.availableUntil(Capability.SEED)).isEmpty();
    }
    assertThat(AzureProvider.bundledCatalog().entries())
        .allMatch(entry -> entry.source().contains("documents") || entry.source().contains("docs"));
  }

  @Test
  void modelNamesAreSplitFromTheirDates() {
    assertThat(ModelVersion.of("gpt-4.1-mini-2025-04-14"))
        .isEqualTo(new ModelVersion("gpt-4.1-mini", "2025-04-14"));
    ModelVersion tuned = ModelVersion.of("gpt-4.1-mini-2025-04-14.ft-0a1b-mine");
    assertThat(tuned.version()).isEqualTo("1");
    assertThat(tuned.isTuned()).isTrue();
    assertThat(tuned.base()).isEqualTo("gpt-4.1-mini-2025-04-14");
  }

  @Test
  void theModelFormatIsDerivedFromTheName() {
    AzureDeploymentOptions options = AzureDeploymentOptions.standard();

    assertThat(options.format("gpt-4o")).isEqualTo("OpenAI");
    assertThat(options.format("gpt-oss-20b")).isEqualTo("Microsoft");
    assertThat(options.format("Ministral-3B.ft-1")).isEqualTo("Mistral AI");
    assertThat(options.format("Llama-3.3-70B")).isEqualTo("Meta");
    assertThat(options.format("Qwen-3-32B")).isEqualTo("Alibaba");
  }
}
