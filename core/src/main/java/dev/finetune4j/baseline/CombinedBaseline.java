package dev.finetune4j.baseline;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.inference.ChatModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two alternatives, one upon the other.
 *
 * @param first changes the question first
 * @param second changes it then
 */
record CombinedBaseline(Baseline first, Baseline second) implements Baseline {

  @Override
  public String name() {
    return first.name() + " + " + second.name();
  }

  @Override
  public ChatModel on(ChatModel base) {
    return first.on(second.on(base));
  }

  @Override
  public ValidationReport leakage(Dataset<PromptExample> test) {
    ValidationReport one = first.leakage(test);
    ValidationReport other = second.leakage(test);
    List<Finding> findings = new ArrayList<>(one.findings());
    findings.addAll(other.findings());
    Map<String, Long> counts = new LinkedHashMap<>(one.counts());
    other.counts().forEach((rule, count) -> counts.merge(rule, count, Long::sum));
    return new ValidationReport(
        name() + " against " + test.name(),
        one.examplesChecked() + other.examplesChecked(),
        findings,
        counts);
  }
}
