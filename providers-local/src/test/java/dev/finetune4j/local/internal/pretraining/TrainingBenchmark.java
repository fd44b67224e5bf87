package dev.finetune4j.local.internal.pretraining;

import dev.finetune4j.json.Json;
import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.decoder.TinyBase;
import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import dev.finetune4j.local.internal.trainer.LearningRateSchedule;
import dev.finetune4j.local.internal.trainer.Trainer;
import dev.finetune4j.local.internal.trainer.TrainingData;
import dev.finetune4j.local.internal.trainer.TrainingObserver;
import dev.finetune4j.local.internal.trainer.TrainingSettings;
import dev.finetune4j.local.internal.trainer.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/** The Java side of benchmarks/training; see the scripts there. */
final class TrainingBenchmark {
  private static final int WARM_UP = 10;
  private static final int BATCH = 16;
  private static final int RANK = 16;
  private static final double LEARNING_RATE = 4e-3;
  private static final int STEADY = 2_000;
  private static final int REPORT_EVERY = 500;

  private TrainingBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    int steps = Integer.parseInt(arguments[2]);
    switch (arguments[0]) {
      case "prepare" -> prepare(folder, BATCH * steps);
      case "measure" -> measure(folder, steps);
      case "soak" -> soak(folder, steps);
      default ->
          throw new IllegalArgumentException("prepare, measure or soak, not " + arguments[0]);
    }
  }

  private static void prepare(Path folder, int examples) throws IOException {
    TinyBase.unpack(folder.resolve("base"));
    RecipeText text = new RecipeText(RecipeWords.load(), 1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      List<Map<String, String>> messages =
          text.conversation().stream()
              .map(m -> Map.of("role", m.role(), "content", m.content()))
              .toList();
      lines.add(Json.write(Map.of("messages", messages)));
    }
    Files.write(folder.resolve("data.jsonl"), lines);
    Files.writeString(
        folder.resolve("settings.json"),
        Json.writeIndented(Map.of("batchSize", BATCH, "rank", RANK, "learningRate", LEARNING_RATE))
            + "\n");
  }

  private static void measure(Path folder, int steps) throws Exception {
    AtomicLong begun = new AtomicLong();
    AtomicLong tokens = new AtomicLong();
    AtomicLong lasted = new AtomicLong();
    TrainingObserver clock =
        new TrainingObserver() {
          @Override
          public void onStep(StepReport report) {
            if (report.step() == WARM_UP) {
              begun.set(System.nanoTime());
              tokens.set(report.processedTokens());
            } else if (report.step() == report.totalSteps()) {
              lasted.set(System.nanoTime() - begun.get());
              tokens.set(report.processedTokens() - tokens.get());
            }
          }
        };
    train(folder, read(folder.resolve("data.jsonl")).subList(0, BATCH * steps), 1, clock);
    System.out.println(Math.round(tokens.get() / (lasted.get() / 1e9)));
  }

  private static void soak(Path folder, int steps) throws Exception {
    prepare(folder, BATCH * 100);
    AtomicLong steady = new AtomicLong();
    TrainingObserver watcher =
        new TrainingObserver() {
          @Override
          public void onStep(StepReport report) {
            long resident = Pointer.physicalBytes() >> 20;
            if (report.step() == STEADY) {
              steady.set(resident);
            }
            if (report.step() % REPORT_EVERY == 0) {
              System.out.printf(
                  "step %d, %d MiB, loss %.4f, %.0f tokens/s%n",
                  report.step(), resident, report.loss(), report.tokensPerSecond());
            }
            if (steady.get() > 0 && resident > 1.1 * steady.get()) {
              throw new IllegalStateException(
                  "memory grew from " + steady.get() + " to " + resident + " MiB");
            }
          }
        };
    train(folder, read(folder.resolve("data.jsonl")), steps / 100, watcher);
    System.out.println("soak passed");
  }

  private static void train(
      Path folder, List<List<ChatMessage>> data, int epochs, TrainingObserver observer)
      throws Exception {
    TrainingSettings settings =
        TrainingSettings.builder()
            .epochs(epochs)
            .batchSize(BATCH)
            .learningRate(LEARNING_RATE, LearningRateSchedule.COSINE)
            .workers(Runtime.getRuntime().availableProcessors())
            .checkpointInterval(0)
            .seed(1)
            .build();
    TrainingData.Conversations conversations = new TrainingData.Conversations(data, List.of());
    LowRankSettings adapter = LowRankSettings.allLinear(RANK, 2 * RANK, 0);
    new Trainer(
            new TrainingSpec(
                folder.resolve("base"),
                conversations,
                settings,
                adapter,
                folder.resolve("none"),
                folder.resolve("out")),
            observer)
        .run();
  }

  private static List<List<ChatMessage>> read(Path file) throws IOException {
    List<List<ChatMessage>> conversations = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<ChatMessage> messages = new ArrayList<>();
      for (Object message : Json.parseObject(line, "data.jsonl").list("messages")) {
        Map<?, ?> fields = (Map<?, ?>) message;
        String role = String.valueOf(fields.get("role"));
        messages.add(
            new ChatMessage(role, String.valueOf(fields.get("content")), role.equals("assistant")));
      }
      conversations.add(messages);
    }
    return conversations;
  }
}
