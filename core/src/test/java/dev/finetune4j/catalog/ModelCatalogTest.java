package dev.finetune4j.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.training.MethodKind;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class ModelCatalogTest {
  private static final String JSON =
      """
      {"provider": "fake", "as_of": "2026-11-01", "models": [
        {"model": "base-1", "source": "the price page", "methods": ["supervised", "preference"],
         "context_tokens": 65536, "minimum_examples": 10, "training_per_million_tokens": 25.0,
         "tuned_prompt_per_million_tokens": 0.8, "tuned_completion_per_million_tokens": 3.2,
         "hosting_per_hour": 1.7, "trainable_until": "2027-01-06", "a_member_of_tomorrow": {}},
        {"model": "base-2", "source": "the price page", "as_of": "2026-10-01",
         "training_per_hour": 2, "assumed_tokens_per_second": 1500}]}
      """;

  @Test
  void absentMembersAreUnknown() {
    CatalogEntry entry = ModelCatalog.parse(JSON).find("base-1").orElseThrow();

    assertThat(entry.methods()).containsOnly(MethodKind.SUPERVISED, MethodKind.PREFERENCE);
    assertThat(entry.contextTokens()).hasValue(65_536);
    assertThat(entry.trainingPrice())
        .contains(new TrainingPrice.PerMillionTokens(Money.dollars("25")));
    assertThat(entry.tunedInferencePrice()).isPresent();
    assertThat(entry.inferencePrice()).isEmpty();
    assertThat(entry.trainableUntil()).contains(LocalDate.of(2027, 1, 6));
    assertThat(entry.answersUntil()).isEmpty();
    assertThat(entry.asOf()).isEqualTo(LocalDate.of(2026, 11, 1));
  }

  @Test
  void aModelOfAnotherProviderHasNoPriceHere() {
    ModelCatalog catalog = ModelCatalog.parse(JSON);

    assertThat(catalog.hostingPricePerHour(new ModelReference(new ProviderId("fake"), "base-1")))
        .contains(Money.dollars("1.7"));
    assertThat(catalog.hostingPricePerHour(new ModelReference(new ProviderId("other"), "base-1")))
        .isEmpty();
  }

  @Test
  void aNewerFileReplacesEntriesAndKeepsTheOthers() {
    ModelCatalog newer =
        ModelCatalog.parse(
            """
            {"provider": "fake", "as_of": "2026-12-01",
             "models": [{"model": "base-1", "source": "mine", "training_per_million_tokens": 20}]}
            """);

    ModelCatalog merged = ModelCatalog.parse(JSON).overriddenBy(newer);

    assertThat(merged.find("base-1").orElseThrow().source()).isEqualTo("mine");
    assertThat(merged.find("base-2")).isPresent();
    assertThat(merged.asOf()).isEqualTo(LocalDate.of(2026, 12, 1));
  }

  @Test
  void aBrokenEntryIsNamed() {
    assertThatThrownBy(
            () ->
                ModelCatalog.parse(
                    JSON.replace("\"training_per_hour\": 2", "\"training_per_hour\": \"two\"")))
        .isInstanceOf(CatalogFormatException.class)
        .hasMessage(
            "Cannot read entry 2 (base-2) of the model catalog: Member"
                + " \"models[1].training_per_hour\" is a string; expected a number.");
  }
}
