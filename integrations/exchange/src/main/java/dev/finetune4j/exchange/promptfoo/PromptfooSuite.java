package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.exchange.ExchangeFinding;
import dev.finetune4j.exchange.Findings;
import dev.finetune4j.exchange.UnusableExchangeException;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A promptfoo configuration as data sets and graders: a data set for each prompt, and graders for
 * the tests' assertions. Reads the files that the configuration names once; asks no model, runs no
 * code. Immutable and thread-safe.
 *
 * <pre>{@code
 * PromptfooSuite suite = PromptfooSuite.read(Path.of("promptfooconfig.yaml")).orThrow();
 * Evaluation.Builder evaluation = Evaluation.builder(suite.dataset());
 * suite.graders(LocalGraders.withoutJudges()).forEach(evaluation::grader);
 * EvaluationReport report = evaluation.build().run("tuned", model);
 * }</pre>
 *
 * <p>The grader {@link #WHOLE_TEST} gives the verdict that promptfoo gives for the test: the
 * weighted mean of its assertions, passed if all pass or the threshold is reached. An assertion
 * that every test has once gets its own grader, named after its metric or type. Assertions that
 * cannot run here are reported by {@link #findings()}, skipped when grading, and kept in {@link
 * #configuration()}.
 */
public final class PromptfooSuite {
  /** The name of the grader that judges by all assertions of a test together. */
  public static final String WHOLE_TEST = "promptfoo";

  /** The reference under which an example carries its assertions, as JSON. */
  public static final String ASSERTIONS = "promptfoo_test";

  private final PromptfooConfiguration configuration;
  private final List<ExchangeFinding> findings;
  private final List<PromptTemplateText> prompts;
  private final List<TestCase> tests;

  private PromptfooSuite(
      PromptfooConfiguration configuration,
      List<ExchangeFinding> findings,
      List<PromptTemplateText> prompts,
      List<TestCase> tests) {
    this.configuration = configuration;
    this.findings = findings;
    this.prompts = List.copyOf(prompts);
    this.tests = List.copyOf(tests);
  }

  /**
   * Reads a configuration in YAML or JSON and the files that it names.
   *
   * @throws dev.finetune4j.dataset.DataFileException if {@code file} cannot be read
   * @throws UnusableExchangeException if the file is neither YAML nor JSON; other problems become
   *     findings
   */
  public static PromptfooSuite read(Path file) {
    return of(PromptfooConfiguration.read(file));
  }

  /** Understands a configuration and reads the files that it names. */
  public static PromptfooSuite of(PromptfooConfiguration configuration) {
    Findings findings = new Findings();
    JsonObject written = configuration.root();
    JsonObject root = written == null ? null : References.resolved(written);
    if (root == null) {
      findings.error(
          "not-a-configuration",
          "$",
          "The file does not contain an object.",
          "Write an object with \"prompts\", \"providers\" and \"tests\".");
      return new PromptfooSuite(configuration, findings.all(), List.of(), List.of());
    }
    configuration.reportDates(findings);
    ReferencedFiles files = new ReferencedFiles(configuration.folder(), findings);
    List<PromptTemplateText> prompts =
        new PromptReading(files, findings).read(root.asMap().get("prompts"));
    List<TestCase> tests = new TestReading(files, findings, root).read(root);
    AssertionCheck check = new AssertionCheck();
    tests.forEach(check::check);
    check.report(findings);
    return new PromptfooSuite(configuration, findings.all(), prompts, tests);
  }

  /** Returns the complete configuration, including members that are not understood. */
  public PromptfooConfiguration configuration() {
    return configuration;
  }

  /** Returns everything that is wrong, left out or measured otherwise. */
  public List<ExchangeFinding> findings() {
    return findings;
  }

  /**
   * Returns this suite.
   *
   * @throws UnusableExchangeException if a finding is an error; it lists all of them
   */
  public PromptfooSuite orThrow() {
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      throw new UnusableExchangeException(configuration.source(), findings);
    }
    return this;
  }

  private void requireReadable() {
    if (findings.stream()
        .anyMatch(
            it ->
                it.severity() == Severity.ERROR
                    && !it.rule().equals(AssertionCheck.NOTHING_TO_GRADE))) {
      throw new UnusableExchangeException(configuration.source(), findings);
    }
  }

  /** Returns the labels of the prompts, in order. */
  public List<String> prompts() {
    return prompts.stream().map(PromptTemplateText::label).toList();
  }

  /** Returns the names of the providers, in order; this library asks none of them by itself. */
  public List<String> providers() {
    JsonObject root = configuration.root();
    return root == null ? List.of() : ProviderNames.read(root);
  }

  /**
   * Returns the tests with the first prompt filled in; readable also if some have nothing that can
   * be graded here.
   *
   * @throws UnusableExchangeException if another finding is an error
   */
  public Dataset<PromptExample> dataset() {
    requireReadable();
    return dataset(prompts.get(0).label());
  }

  /**
   * Returns the tests with one of the prompts filled in.
   *
   * @throws UnusableExchangeException if a finding is an error that is not about grading
   * @throws IllegalArgumentException if there is no prompt with that label
   */
  public Dataset<PromptExample> dataset(String prompt) {
    requireReadable();
    PromptTemplateText template =
        prompts.stream()
            .filter(each -> each.label().equals(prompt))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no prompt \"" + prompt + "\"; there are " + prompts() + "."));
    List<PromptExample> examples = new ArrayList<>();
    tests.forEach(test -> examples.add(SuiteExamples.example(test, template)));
    return Dataset.of(configuration.source() + " (" + prompt + ")", PromptExample.class, examples);
  }

  /**
   * Returns the graders: the whole test first, then what every test asserts once. Judges and
   * embeddings come from {@code local}; each judged assertion costs one request for each answer.
   */
  public Map<String, Grader> graders(LocalGraders local) {
    return SuiteGraders.of(tests, new AssertionGrading(local));
  }

  /**
   * Returns what every test asserts once and OpenAI's graders can say, as data: to be sent away for
   * reinforcement training, or run by {@link LocalGraders}.
   */
  public Map<String, GraderSpec> graderSpecs() {
    return SuiteSpecs.of(tests);
  }

  @Override
  public String toString() {
    return "PromptfooSuite("
        + prompts.size()
        + " prompts, "
        + tests.size()
        + " tests, "
        + findings.size()
        + " findings)";
  }
}
