package dev.finetune4j.examples;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.format.ColumnMapping;
import dev.finetune4j.dataset.format.CsvFile;
import dev.finetune4j.dataset.format.ExampleCodec;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.format.FileDataset;
import dev.finetune4j.dataset.format.JsonArrayFile;
import dev.finetune4j.dataset.format.JsonlFile;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.providerkit.token.OpenAiTokenCounter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Checks a file of training data and prints every finding with its line and its suggestion. */
public final class ValidateDataset {
  private static final String HELP =
      """
      Checks a file of training data, gzipped or not, and prints every finding.

      ValidateDataset FILE [options]
        --format NAME     openai-chat (default), openai-preference, openai-reinforcement,
                          prompt-completion, alpaca, sharegpt, csv
        --user TEMPLATE, --assistant TEMPLATE
                          for csv: the messages, with {{column}} for a value
                          (default {{prompt}} and {{completion}})
        --json OUT        also writes every finding as one JSON object a line
        --against FILE    warns of examples that are also in this file of the same format
        --model NAME      counts tokens as this model does
        --context TOKENS  how many of them the model takes (default 16385)
        --keep COUNT      how many findings of each rule are kept (default 1000; all are counted)
        --directory DIR   where relative paths begin
        --help            prints this

      Ends with 1 if there are errors, with 2 if the file cannot be checked.
      """;
  private static final Set<String> OPTIONS =
      Set.of(
          "--format",
          "--user",
          "--assistant",
          "--json",
          "--against",
          "--model",
          "--context",
          "--keep",
          "--directory");

  private ValidateDataset() {}

  /** Runs the example and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args, System.out));
  }

  static int run(String[] args, PrintStream out) {
    Map<String, String> options = new LinkedHashMap<>();
    String problem = parse(args, options);
    if (options.containsKey("--help")) {
      out.print(HELP);
      return 0;
    } else if (!problem.isEmpty()) {
      out.println(problem);
      out.print(HELP);
      return 2;
    }
    try {
      return validate(options, out);
    } catch (FineTuningException | UncheckedIOException | IllegalArgumentException e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  /** Sorts the arguments into {@code options} and returns what is wrong with them, usually "". */
  private static String parse(String[] args, Map<String, String> options) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--help")) {
        options.put("--help", "");
      } else if (OPTIONS.contains(args[i]) && i + 1 < args.length) {
        options.put(args[i], args[++i]);
      } else if (args[i].startsWith("--") || options.putIfAbsent("FILE", args[i]) != null) {
        return "Not understood: " + args[i];
      }
    }
    return options.containsKey("FILE") ? "" : "Which file?";
  }

  private static int validate(Map<String, String> options, PrintStream out) {
    return switch (options.getOrDefault("--format", "openai-chat")) {
      case "openai-chat" -> validate(ExampleCodecs.openAiChat(), options, out);
      case "openai-preference" -> validate(ExampleCodecs.openAiPreference(), options, out);
      case "openai-reinforcement" -> validate(ExampleCodecs.openAiReinforcement(), options, out);
      case "prompt-completion" -> validate(ExampleCodecs.promptCompletion(), options, out);
      case "alpaca" -> validate(ExampleCodecs.alpaca(), options, out);
      case "sharegpt" -> validate(ExampleCodecs.shareGpt(), options, out);
      case "csv" -> validate(ExampleCodecs.columns(mapping(options)), options, out);
      default ->
          throw new IllegalArgumentException(
              "There is no format " + options.get("--format") + "; see --help.");
    };
  }

  private static ColumnMapping mapping(Map<String, String> options) {
    return ColumnMapping.of(
        options.getOrDefault("--user", "{{prompt}}"),
        options.getOrDefault("--assistant", "{{completion}}"));
  }

  private static <E extends Example> int validate(
      ExampleCodec<E> codec, Map<String, String> options, PrintStream out) {
    DatasetValidator.Builder<E> builder =
        DatasetValidator.builder(codec.exampleType())
            .findingsPerRule(Integer.parseInt(options.getOrDefault("--keep", "1000")));
    if (codec.name().startsWith("openai-")) {
      builder.minimumExamples(10);
    }
    if (options.containsKey("--model")) {
      builder.maximumTokens(
          Long.parseLong(options.getOrDefault("--context", "16385")),
          OpenAiTokenCounter.forModel(options.get("--model")));
    }
    if (options.containsKey("--against")) {
      builder.against(open(path("--against", options), codec, options));
    }
    ValidationReport report = builder.build().check(open(path("FILE", options), codec, options));
    out.print(report.toText());
    if (options.containsKey("--json")) {
      report.writeJsonLines(path("--json", options));
    }
    return report.isValid() ? 0 : 1;
  }

  private static Path path(String option, Map<String, String> options) {
    return Path.of(options.getOrDefault("--directory", "")).resolve(options.get(option));
  }

  @SuppressWarnings("unchecked") // A table is always read as conversations, as its codec says.
  private static <E extends Example> FileDataset<E> open(
      Path file, ExampleCodec<E> codec, Map<String, String> options) {
    if (codec.exampleType() == ChatExample.class && codec.name().equals("columns")) {
      return (FileDataset<E>) CsvFile.read(file, mapping(options));
    }
    boolean mayBeArray = codec.name().equals("alpaca") || codec.name().equals("sharegpt");
    return mayBeArray && JsonArrayFile.isArray(file)
        ? JsonArrayFile.read(file, codec)
        : JsonlFile.read(file, codec);
  }
}
