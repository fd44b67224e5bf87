package dev.finetune4j.baseline;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.LeakageCheck;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.EmbeddingModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Creates the baselines to measure before fine-tuning. Stateless. */
public final class Baselines {
  private static final long SEED = 20_261_122;

  private Baselines() {}

  /** Returns the base model without changes to the question. */
  public static Baseline zeroShot() {
    return RewritingBaseline.of("zero-shot", request -> request);
  }

  /**
   * Returns the base model with other instructions: {@code prompt} takes the place of the system
   * and developer messages that open the question.
   *
   * @param name the name for tables, for example {@code strict prompt}
   */
  public static Baseline systemPrompt(String name, String prompt) {
    return RewritingBaseline.of(name, request -> Questions.withInstruction(request, prompt));
  }

  /**
   * Returns another model in the place of the base: a larger base, the tuned model, a checkpoint of
   * it. To ask that one in another way too, combine: {@code Baselines.nearestFewShot(pool,
   * 4).with(Baselines.model("large", large))}.
   *
   * @param name the name for tables
   */
  public static Baseline model(String name, ChatModel model) {
    return new OtherModel(name, model);
  }

  /**
   * Returns the base model shown the same {@code k} examples before each question, drawn from
   * {@code pool} with a fixed seed. Reads the pool at once and holds {@code k} examples; each
   * question costs their tokens.
   *
   * @throws IllegalArgumentException if the pool has fewer than {@code k} examples, or {@code k} is
   *     below 1
   */
  public static Baseline fewShot(Dataset<ChatExample> pool, int k) {
    return fewShot(pool, k, SEED);
  }

  /** Returns {@link #fewShot(Dataset, int)} with examples from the training data of the plan. */
  public static Baseline fewShot(int k) {
    return new UnboundBaseline("few-shot (" + k + ")", pool -> fewShot(pool, k));
  }

  /** Returns {@link #fewShot(Dataset, int)} with another draw. */
  public static Baseline fewShot(Dataset<ChatExample> pool, int k, long seed) {
    List<ChatExample> examples = read(pool, k);
    SplittableRandom random = new SplittableRandom(seed);
    List<ChatExample> drawn = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      drawn.add(examples.remove(random.nextInt(examples.size())));
    }
    return RewritingBaseline.showing(
        "few-shot (" + k + ")",
        Dataset.of(pool.name(), ChatExample.class, drawn),
        request -> drawn);
  }

  /**
   * Returns the base model shown, before each question, the {@code k} examples of {@code pool}
   * whose prompts share most words with it, the nearest last. Reads the pool at once and holds it
   * with an index; choosing takes no request.
   *
   * @throws IllegalArgumentException if the pool has fewer than {@code k} examples, or {@code k} is
   *     below 1
   */
  public static Baseline nearestFewShot(Dataset<ChatExample> pool, int k) {
    NearestExamples nearest = new NearestExamples(read(pool, k), k);
    return RewritingBaseline.showing("nearest few-shot (" + k + ")", pool, nearest::to);
  }

  /**
   * Returns {@link #nearestFewShot(Dataset, int)} with examples from the training data of the plan.
   */
  public static Baseline nearestFewShot(int k) {
    return new UnboundBaseline("nearest few-shot (" + k + ")", pool -> nearestFewShot(pool, k));
  }

  /**
   * Returns {@link #nearestFewShot(Dataset, int)} with nearness by the cosine of embeddings. Asks
   * {@code model} at once for the vectors of all prompts of the pool, and for one at each question.
   *
   * @throws IllegalArgumentException if the pool has fewer than {@code k} examples, or {@code k} is
   *     below 1
   * @throws dev.finetune4j.error.ProviderException if the model did not answer
   */
  public static Baseline nearestFewShot(Dataset<ChatExample> pool, int k, EmbeddingModel model) {
    List<ChatExample> examples = read(pool, k);
    List<Passage> prompts = new ArrayList<>();
    for (ChatExample example : examples) {
      prompts.add(new Passage(String.valueOf(prompts.size()), Questions.text(example.prompt())));
    }
    Retriever retriever = Retriever.byEmbedding(prompts, model);
    return RewritingBaseline.showing(
        "nearest few-shot by embedding (" + k + ")",
        pool,
        request -> {
          List<ChatExample> nearest = new ArrayList<>();
          for (Passage prompt : retriever.nearest(Questions.text(request.messages()), k)) {
            nearest.add(examples.get(Integer.parseInt(prompt.id())));
          }
          // The nearest example comes directly before the question.
          Collections.reverse(nearest);
          return nearest;
        });
  }

  /**
   * Returns the base model shown, with each question, the {@code k} passages that {@code retriever}
   * finds for the last user message, placed before its text. Each question costs their tokens, and
   * what the retriever costs.
   *
   * @throws IllegalArgumentException if {@code k} is below 1
   */
  public static Baseline retrieval(Retriever retriever, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, was " + k);
    }
    return new RewritingBaseline(
        "retrieval (" + k + ")",
        request -> {
          String question = Questions.text(request.messages());
          return Questions.withPassages(request, retriever.nearest(question, k));
        },
        test -> CorpusLeakage.of(retriever, k, test));
  }

  private static List<ChatExample> read(Dataset<ChatExample> pool, int k) {
    try (Stream<ChatExample> stream = pool.examples()) {
      List<ChatExample> examples = new ArrayList<>(stream.toList());
      if (k < 1 || examples.size() < k) {
        throw new IllegalArgumentException(
            "k must be from 1 to the "
                + examples.size()
                + " examples of \""
                + pool.name()
                + "\", was "
                + k);
      }
      return examples;
    }
  }

  /**
   * Another model in the place of the base.
   *
   * @param name the name for tables
   * @param model what is asked
   */
  private record OtherModel(String name, ChatModel model) implements Baseline {

    OtherModel {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(model, "model");
    }

    @Override
    public ChatModel on(ChatModel base) {
      return model;
    }
  }

  /** The base model asked a question that was rewritten. */
  private static final class RewritingBaseline implements Baseline {
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

    /** Returns a baseline that shows the model no data. */
    static Baseline of(String name, UnaryOperator<ChatRequest> rewriting) {
      return new RewritingBaseline(
          name, rewriting, test -> new ValidationReport(test.name(), 0, List.of()));
    }

    /** Returns a baseline that shows examples of {@code pool}, chosen for each question. */
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

  /**
   * A baseline that shows examples and has none yet.
   *
   * @param name the name for tables
   * @param binding makes the baseline from a pool of examples
   */
  private record UnboundBaseline(String name, Function<Dataset<ChatExample>, Baseline> binding)
      implements Baseline {

    @Override
    public ChatModel on(ChatModel base) {
      throw unbound();
    }

    @Override
    public ValidationReport leakage(Dataset<PromptExample> test) {
      throw unbound();
    }

    private IllegalStateException unbound() {
      return new IllegalStateException(
          "The baseline \"" + name + "\" has no examples. Give it a pool, or use it in a plan.");
    }

    @Override
    @SuppressWarnings("unchecked") // The kind of example is checked first.
    public Baseline withExamples(Dataset<?> training) {
      if (training.exampleType() != ChatExample.class) {
        throw new IllegalArgumentException(
            "The baseline \""
                + name
                + "\" shows conversations, and \""
                + training.name()
                + "\" has none. Give it a pool of conversations.");
      }
      return binding.apply((Dataset<ChatExample>) training);
    }
  }

  /**
   * Two baselines combined.
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
    public Baseline withExamples(Dataset<?> training) {
      return new CombinedBaseline(first.withExamples(training), second.withExamples(training));
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
}
