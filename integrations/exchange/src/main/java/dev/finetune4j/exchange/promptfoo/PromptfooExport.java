package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.exchange.ExchangeFinding;
import dev.finetune4j.exchange.Findings;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data set and graders as a configuration that promptfoo runs. Each example becomes a test with
 * two variables: {@code messages}, the conversation, and {@code item}, its references, by which
 * graders that are data name them here and there alike. Graders become the default assertions, each
 * with its name as metric. Immutable and thread-safe; holds the data set in memory.
 *
 * <pre>{@code
 * PromptfooExport export =
 *     PromptfooExport.builder(test)
 *         .grader(GraderSpec.exactMatch("exact", "answer"))
 *         .provider("openai:chat:gpt-4.1-mini")
 *         .build();
 * export.configuration().writeTo(Path.of("promptfooconfig.yaml"));
 * }</pre>
 *
 * <p>A data set that {@link PromptfooSuite} read is better written back by its {@link
 * PromptfooSuite#configuration()}.
 */
public final class PromptfooExport {
  // A prompt that could be the name of a file is looked for on the disk there; a line break rules
  // that out.
  private static final String CONVERSATION = "{{ messages | dump }}\n";

  private final PromptfooConfiguration configuration;
  private final List<ExchangeFinding> findings;

  private PromptfooExport(PromptfooConfiguration configuration, List<ExchangeFinding> findings) {
    this.configuration = configuration;
    this.findings = findings;
  }

  /** Starts the export of {@code dataset}. */
  public static Builder builder(Dataset<PromptExample> dataset) {
    return new Builder(dataset);
  }

  /** Returns the configuration. */
  public PromptfooConfiguration configuration() {
    return configuration;
  }

  /** Returns what promptfoo cannot do, or does otherwise. */
  public List<ExchangeFinding> findings() {
    return findings;
  }

  /**
   * Writes the configuration: JSON if the name ends in {@code .json}, else YAML.
   *
   * @throws dev.finetune4j.dataset.DataFileException if the file cannot be written
   */
  public void writeTo(Path file) {
    configuration.writeTo(file);
  }

  /** Collects the parts of an export. Not thread-safe. */
  public static final class Builder {
    private final Dataset<PromptExample> dataset;
    private final List<GraderSpec> graders = new ArrayList<>();
    private final List<String> providers = new ArrayList<>();
    private String description;

    private Builder(Dataset<PromptExample> dataset) {
      this.dataset = Objects.requireNonNull(dataset, "dataset");
      description = dataset.name();
    }

    /** Adds a grader; all examples are graded by all of them. */
    public Builder grader(GraderSpec grader) {
      graders.add(grader);
      return this;
    }

    /** Adds a model by promptfoo's name, such as {@code openai:chat:gpt-4.1}; default: echo. */
    public Builder provider(String name) {
      providers.add(name);
      return this;
    }

    /** Sets what people read above the results; by default the name of the data set. */
    public Builder description(String text) {
      description = text;
      return this;
    }

    /** Reads the data set and returns the export. */
    public PromptfooExport build() {
      Findings findings = new Findings();
      List<Object> tests = new ArrayList<>();
      try (Stream<PromptExample> examples = dataset.examples()) {
        examples.forEach(example -> tests.add(test(example, tests.size(), findings)));
      }
      AssertionWriting writing = new AssertionWriting(findings);
      List<Object> assertions = new ArrayList<>();
      for (GraderSpec grader : graders) {
        writing.write(grader).ifPresent(assertion -> assertions.add(assertion.asMap()));
      }
      JsonObject root =
          JsonObject.empty()
              .put("description", description)
              .put("prompts", List.of(CONVERSATION))
              .put("providers", providers.isEmpty() ? List.of("echo") : List.copyOf(providers));
      if (!assertions.isEmpty()) {
        root.put("defaultTest", JsonObject.empty().put("assert", assertions));
      }
      root.put("tests", tests);
      return new PromptfooExport(PromptfooConfiguration.of(root.asMap()), findings.all());
    }

    private static Object test(PromptExample example, int index, Findings findings) {
      if (!example.tools().isEmpty()) {
        findings.warning(
            "tools-not-exported",
            "example " + (index + 1),
            "Its tools are not exported: promptfoo sets them for a provider, not for a test.",
            "Add them to the provider's config by hand.");
      }
      Map<String, @Nullable Object> item = new LinkedHashMap<>();
      example.reference().forEach((name, value) -> item.put(name, value(value)));
      String record =
          ExampleCodecs.openAiReinforcement()
              .encode(new PromptExample(example.prompt(), Map.of(), List.of()));
      List<@Nullable Object> messages = Json.parseObject(record).list("messages");
      JsonObject variables = JsonObject.empty().put("messages", messages).put("item", item);
      return JsonObject.empty().put("vars", variables).asMap();
    }

    private static @Nullable Object value(ReferenceValue value) {
      return value.json() ? Json.parse(value.text()) : value.text();
    }
  }
}
