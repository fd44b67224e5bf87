import dev.finetune4j.ModelReference;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationListener;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.evaluation.SampleResult;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.openai.OpenAiProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Evaluates SAMPLES questions against a running SimulatedService and stores the samples in a folder. With "compare", it alternates with the
 * same questions asked without an evaluation. Arguments: ADDRESS_FILE SAMPLES CONCURRENCY FOLDER [compare ROUNDS]
 */
final class LargeEvaluation {
  private static final String MODEL = "gpt-4.1-mini-2025-04-14";

  private LargeEvaluation() {}

  public static void main(String[] arguments) throws Exception {
    List<String> address = Files.readAllLines(Path.of(arguments[0]));
    Dataset<PromptExample> questions = questions(Integer.parseInt(arguments[1]));
    int concurrency = Integer.parseInt(arguments[2]);
    Path folder = Path.of(arguments[3]);
    try (OpenAiProvider provider =
        OpenAiProvider.builder().baseUrl(address.get(0)).apiKey(() -> address.get(1)).build()) {
      ChatModel model = provider.chatModel(new ModelReference(OpenAiProvider.ID, MODEL)).orElseThrow();
      if (arguments.length > 4) {
        compare(model, questions, concurrency, folder, Integer.parseInt(arguments[5]));
      } else {
        EvaluationReport report = evaluate(model, questions, concurrency, folder);
        System.out.printf(
            "%d samples, %d failed, %d passed%n",
            report.samples().size(),
            report.failures(),
            Math.round(report.score("exact").passRate() * report.samples().size()));
      }
    }
  }

  private static Dataset<PromptExample> questions(int count) {
    return Dataset.of(
        "questions",
        PromptExample.class,
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    PromptExample.of(
                        List.of(Message.user("question " + i)), "The answer to question " + i))
            .toList());
  }

  private static EvaluationReport evaluate(
      ChatModel model, Dataset<PromptExample> questions, int concurrency, Path folder) throws Exception {
    EvaluationListener telling =
        new EvaluationListener() {
          @Override
          public void started(String name, long total, long kept, long underWay) {
            System.out.printf("kept %d of %d, under way at the last death %d%n", kept, total, underWay);
          }

          @Override
          public void sampleFinished(String name, SampleResult sample, Progress progress) {}
        };
    return evaluation(questions, concurrency).storeIn(folder).listener(telling).build().run("base", model);
  }

  private static Evaluation.Builder evaluation(Dataset<PromptExample> questions, int concurrency) {
    return Evaluation.builder(questions).grader("exact", Graders.exact()).concurrency(concurrency);
  }

  private static void compare(
      ChatModel model, Dataset<PromptExample> questions, int concurrency, Path folder, int rounds)
      throws Exception {
    List<Double> bare = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    // The first round only warms up.
    for (int round = -1; round < rounds; round++) {
      long start = System.nanoTime();
      askBare(model, questions, concurrency);
      long second = System.nanoTime();
      evaluation(questions, concurrency).build().run("base", model);
      long third = System.nanoTime();
      evaluation(questions, concurrency).storeIn(folder.resolve("round" + round)).build().run("base", model);
      long end = System.nanoTime();
      if (round >= 0) {
        double count = 1e6 * questions.size();
        bare.add((second - start) / count);
        plain.add((third - second - (second - start)) / count);
        kept.add((end - third - (second - start)) / count);
      }
    }
    System.out.printf(
        "finetune4j, %d at once, %d rounds of %d samples, ms a sample: bare calls %s; above them the engine %s, with its samples kept on"
            + " disk %s%n",
        concurrency, rounds, questions.size(), figures(bare), figures(plain), figures(kept));
  }

  private static String figures(List<Double> values) {
    values.sort(null);
    return String.format(
        "%.3f (%.3f to %.3f)",
        values.get(values.size() / 2), values.get(0), values.get(values.size() - 1));
  }

  private static void askBare(ChatModel model, Dataset<PromptExample> questions, int concurrency)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(concurrency);
    try {
      List<Future<String>> answers = new ArrayList<>();
      questions
          .examples()
          .forEach(
              example ->
                  answers.add(
                      threads.submit(() -> model.chat(ChatRequest.of(example.prompt())).text())));
      for (Future<String> answer : answers) {
        answer.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
