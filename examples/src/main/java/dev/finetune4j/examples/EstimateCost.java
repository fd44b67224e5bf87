package dev.finetune4j.examples;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.CostEstimate;
import dev.finetune4j.cost.CostEstimator;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.TrainingPrice;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.format.Datasets;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.providerkit.token.OpenAiTokenCounter;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.token.TokenStatistics;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.Hyperparameters;
import dev.finetune4j.training.SupervisedTraining;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Says what training on a file would cost, before anything is sent: tokens, epochs, money, and what
 * the figures rest on.
 */
public final class EstimateCost {
  private static final ProviderId PROVIDER = new ProviderId("openai");
  private static final String HELP =
      """
      EstimateCost FILE: what training on a file of OpenAI chat JSONL would cost.

        --model NAME              the base model, whose tokenizer counts (gpt-4.1-mini if not given)
        --price-per-million USD   the price of a million trained tokens, from the provider's price page
        --epochs N                passes over the data (default: the provider's choice)
        --context TOKENS          where examples are cut (65536 if not given)
        --directory DIR           accepted, and not needed: nothing is written
        --help                    this text
      """;

  private EstimateCost() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(
            args, "--model", "--price-per-million", "--epochs", "--context", "--directory");
    if (arguments.asksForHelp() || arguments.rest().size() != 1) {
      System.out.println(HELP);
      return;
    }
    print(arguments, System.out);
  }

  static void print(ExampleArguments arguments, PrintStream out) {
    String model = arguments.find("--model").orElse("gpt-4.1-mini");
    Dataset<ChatExample> data = Datasets.openAiChat(Path.of(arguments.rest().get(0)));
    TokenCounter counter = OpenAiTokenCounter.forModel(model);
    TokenStatistics tokens = TokenStatistics.measure(data, counter);
    out.printf("%d examples, %d tokens%s%n", tokens.examples(), tokens.total(), exactly(tokens));
    out.printf(
        "per example: %d to %d, mean %.1f%n", tokens.minimum(), tokens.maximum(), tokens.mean());
    tokens.quantiles().forEach(q -> out.printf("  %.0f %%: %d%n", 100 * q.share(), q.tokens()));
    FineTuningRequest request = FineTuningRequest.builder(model, method(arguments), data).build();
    CostEstimate estimate =
        new CostEstimator(prices(arguments, model))
            .estimate(PROVIDER, request, counter)
            .orElse(null);
    if (estimate == null) {
      out.println("The price is unknown: give it with --price-per-million.");
      return;
    }
    out.println("Training costs " + estimate);
    estimate.assumptions().forEach(assumption -> out.println("  - " + assumption));
  }

  private static SupervisedTraining method(ExampleArguments arguments) {
    Hyperparameters.Builder hyperparameters =
        Hyperparameters.builder()
            .maximumSequenceTokens(Integer.parseInt(arguments.find("--context").orElse("65536")));
    arguments.find("--epochs").map(Integer::valueOf).ifPresent(hyperparameters::epochs);
    return SupervisedTraining.withDefaults().withHyperparameters(hyperparameters.build());
  }

  private static ModelCatalog prices(ExampleArguments arguments, String model) {
    LocalDate today = LocalDate.ofInstant(Time.system().now(), ZoneOffset.UTC);
    CatalogEntry.Builder entry = CatalogEntry.builder(model, "the command line", today);
    arguments
        .find("--price-per-million")
        .map(Money::dollars)
        .map(TrainingPrice.PerMillionTokens::new)
        .ifPresent(entry::trainingPrice);
    return ModelCatalog.of(PROVIDER, today, List.of(entry.build()));
  }

  private static String exactly(TokenStatistics tokens) {
    if (tokens.margin() > 0) {
      return " (± " + tokens.margin() + " for images and tools)";
    }
    return tokens.exact() ? "" : " (estimated)";
  }
}
