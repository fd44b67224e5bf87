package dev.finetune4j.baseline;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.LeakageCheck;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The base model asked a question that was rewritten. */
final class RewritingBaseline implements Baseline {
  private final String name;
  private final UnaryOperator<ChatRequest> rewriting;
  private final Function<Dataset<PromptExample>, ValidationReport> leakage;

  RewritingBaseline(
      String name,
      UnaryOperator<ChatRequest> rewriting,
      Function<Dataset<PromptExample>, ValidationReport> leakage) {
    this.name = name;
    this.rewriting = rewriting;
    this.leakage = leakage;
  }

  /** Returns an alternative that shows nothing of any data set. */
  static Baseline of(String name, UnaryOperator<ChatRequest> rewriting) {
    return new RewritingBaseline(
        name, rewriting, test -> new ValidationReport(test.name(), 0, List.of()));
  }

  /** Returns an alternative that shows examples, chosen for each question out of {@code pool}. */
  static Baseline showing(
      String name, Dataset<ChatExample> pool, Function<ChatRequest, List<ChatExample>> chooser) {
    return new RewritingBaseline(
        name,
        request -> Questions.withExamples(request, chooser.apply(request)),
        test -> LeakageCheck.between(pool, test));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ChatModel on(ChatModel base) {
    return request -> base.chat(rewriting.apply(request));
  }

  @Override
  public ValidationReport leakage(Dataset<PromptExample> test) {
    ValidationReport found = leakage.apply(test);
    return new ValidationReport(
        name + " against " + test.name(),
        found.examplesChecked(),
        found.findings(),
        found.counts());
  }

  @Override
  public String toString() {
    return "Baseline(" + name + ")";
  }
}
