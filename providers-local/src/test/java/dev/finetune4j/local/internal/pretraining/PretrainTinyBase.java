package dev.finetune4j.local.internal.pretraining;

import dev.finetune4j.json.Json;
import dev.finetune4j.local.internal.adapter.CheckpointFolder;
import dev.finetune4j.local.internal.decoder.ConfigurationFile;
import dev.finetune4j.local.internal.decoder.DecoderConfiguration;
import dev.finetune4j.local.internal.decoder.ParameterNames;
import dev.finetune4j.local.internal.decoder.Weights;
import dev.finetune4j.local.internal.safetensors.SafetensorsWriter;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.StoredTensor;
import dev.finetune4j.local.internal.tensor.Tensors;
import dev.finetune4j.local.internal.tokenizer.Tokenizer;
import dev.finetune4j.local.internal.trainer.LearningRateSchedule;
import dev.finetune4j.local.internal.trainer.Trainer;
import dev.finetune4j.local.internal.trainer.TrainingData;
import dev.finetune4j.local.internal.trainer.TrainingObserver;
import dev.finetune4j.local.internal.trainer.TrainingResult;
import dev.finetune4j.local.internal.trainer.TrainingSettings;
import dev.finetune4j.local.internal.trainer.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * The command that makes the tiny base: {@code PretrainTinyBase FOLDER STEPS DATE}, with a fixed
 * seed.
 *
 * <p>Writes {@code FOLDER/tiny}, whose files are the module's resources. Takes about six minutes
 * for 3,000 steps on two cores; the date only goes into the record.
 */
public final class PretrainTinyBase {
  private static final long SEED = 20261122;
  private static final int SEQUENCE = 256;
  private static final int BATCH = 6;
  private static final int HELD_OUT = 32;

  private final Path folder;
  private final int steps;
  private final String date;

  private PretrainTinyBase(Path folder, int steps, String date) {
    this.folder = folder;
    this.steps = steps;
    this.date = date;
  }

  /** Runs the command. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: PretrainTinyBase FOLDER STEPS DATE");
    }
    new PretrainTinyBase(Path.of(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]).run();
  }

  private void run() throws IOException, InterruptedException {
    Path blank = Files.createDirectories(folder.resolve("blank"));
    RecipeWords words = RecipeWords.load();
    TinyDescription.save(blank, merges(words));
    saveRandomWeights(blank);
    TrainingData data = data(blank, words);
    TrainingSettings settings =
        TrainingSettings.builder()
            .epochs(1)
            .batchSize(BATCH)
            .learningRate(3e-3, LearningRateSchedule.COSINE)
            .weightDecay(0.1)
            .maximumTokens(SEQUENCE)
            .seed(SEED)
            .workers(2)
            .checkpointInterval(0)
            .build();
    Path trained = folder.resolve("trained");
    TrainingSpec spec =
        new TrainingSpec(blank, data, settings, null, folder.resolve("checkpoints"), trained);
    TrainingResult result = new Trainer(spec, new LoggingObserver()).run();
    saveResult(trained, result);
  }

  private static List<List<String>> merges(RecipeWords words) {
    RecipeText text = new RecipeText(words, SEED);
    BytePairTrainer trainer = new BytePairTrainer();
    for (int i = 0; i < 5_000; i++) {
      RecipeText.Document document = text.document();
      trainer.read(document.start() + document.end());
      text.conversation().forEach(message -> trainer.read(message.content()));
    }
    return trainer.merges(TinyDescription.mergeCount());
  }

  private static void saveRandomWeights(Path blank) throws IOException {
    DecoderConfiguration configuration = ConfigurationFile.read(blank);
    SplittableRandom seeds = new SplittableRandom(SEED);
    List<StoredTensor> tensors = new ArrayList<>();
    ParameterNames.shapes(configuration)
        .forEach(
            (name, shape) -> {
              float[] numbers = numbers(shape, spread(name, shape), seeds.split());
              tensors.add(
                  new StoredTensor(
                      name, Scope.keep(() -> Tensors.ofFloats(numbers, shape)), "F32"));
            });
    SafetensorsWriter.write(blank.resolve("model.safetensors"), tensors);
  }

  /**
   * The usual spread for a matrix keeps the size of what passes; what adds to the stream starts
   * smaller.
   */
  private static double spread(String name, long[] shape) {
    if (name.equals(ParameterNames.EMBEDDING)) {
      return 0.05;
    }
    double spread = 1 / Math.sqrt((double) shape[shape.length - 1]);
    return name.contains("o_proj") || name.contains("down_proj") ? spread / 3 : spread;
  }

  private static float[] numbers(long[] shape, double spread, SplittableRandom random) {
    float[] numbers = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = shape.length == 1 ? 1 : (float) (random.nextGaussian() * spread);
    }
    return numbers;
  }

  private TrainingData data(Path blank, RecipeWords words) throws IOException {
    try (Tokenizer tokenizer = Tokenizer.load(blank)) {
      PackedText packed = new PackedText(new RecipeText(words, SEED + 1), tokenizer);
      return new TrainingData.Sequences(
          packed.sequences(steps * BATCH, SEQUENCE), packed.sequences(HELD_OUT, SEQUENCE));
    }
  }

  private void saveResult(Path trained, TrainingResult result) throws IOException {
    Path tiny = folder.resolve("tiny");
    DecoderConfiguration configuration = ConfigurationFile.read(trained);
    try (Weights weights = Weights.load(trained, configuration)) {
      Map<String, Tensor> tensors = weights.all();
      CheckpointFolder.save(tiny, trained, tensors, "F16");
      Map<String, Object> record = new LinkedHashMap<>();
      record.put(
          "what",
          "A toy: a Llama of "
              + weights.parameterCount()
              + " parameters that has read made-up recipes only.");
      record.put("command", "PretrainTinyBase FOLDER " + steps + " " + date);
      record.put("date", date);
      record.put("seed", SEED);
      record.put("steps", result.steps());
      record.put("tokens", result.processedTokens());
      record.put("trainingLoss", result.trainingLoss());
      record.put("heldOutLoss", result.validationLoss().orElse(0));
      Files.writeString(tiny.resolve("base.json"), Json.writeIndented(record) + "\n");
    }
  }

  private static final class LoggingObserver implements TrainingObserver {
    @Override
    public void onStep(StepReport report) {
      if (report.step() % 100 == 0) {
        System.out.printf(
            "step %s/%s loss %s at %s tokens/s%n",
            report.step(), report.totalSteps(), report.loss(), report.tokensPerSecond());
      }
    }

    @Override
    public void onValidation(int step, double epoch, double loss) {
      System.out.printf("loss on held-out text after step %s: %s%n", step, loss);
    }
  }
}
