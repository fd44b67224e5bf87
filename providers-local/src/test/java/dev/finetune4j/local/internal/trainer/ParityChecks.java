package dev.finetune4j.local.internal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.adapter.AdapterFolder;
import dev.finetune4j.local.internal.adapter.LoadedAdapter;
import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.Decoder;
import dev.finetune4j.local.internal.decoder.LowRankUpdate;
import dev.finetune4j.local.internal.decoder.Parameters;
import dev.finetune4j.local.internal.safetensors.SafetensorsFile;
import dev.finetune4j.local.internal.tensor.Scope;
import dev.finetune4j.local.internal.tensor.Tensors;
import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import dev.finetune4j.local.internal.tokenizer.TokenSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a folder made by golden.py says, held against what the engine computes; both must agree to
 * 1e-4.
 */
final class ParityChecks {
  private static final double TOLERANCE = 1e-4;
  private static final int LOGIT_STRIDE = 13;
  private static final LowRankSettings ADAPTER = LowRankSettings.allLinear(4, 8, 0);

  private final Path folder;
  private final JsonObject golden;

  ParityChecks(Path folder) throws IOException {
    this.folder = folder;
    this.golden = Json.readObject(folder.resolve("golden.json"));
  }

  void logitsAgree() throws IOException {
    try (BaseModel base = BaseModel.load(folder)) {
      assertLogits(base.decoder(Parameters.of(base.weights())), "logits");
    }
  }

  void logitsWithAdapterAgree() throws IOException {
    try (BaseModel base = BaseModel.load(folder);
        LoadedAdapter adapter =
            AdapterFolder.load(folder.resolve("adapter"), base.configuration())) {
      assertLogits(base.decoder(Parameters.of(base.weights(), adapter.updates())), "adaptedLogits");
    }
  }

  void chatTemplateAgrees() throws IOException {
    List<ChatMessage> messages =
        List.of(
            ChatMessage.of("system", "Be the best."),
            ChatMessage.of("user", "the other?"),
            ChatMessage.answer("No, the\nsame."));

    try (BaseModel base = BaseModel.load(folder)) {
      assertThat(base.template().encode(messages).tokens())
          .isEqualTo(integers(golden.list("chat")));
    }
  }

  void lossAgrees() throws IOException {
    try (BaseModel base = BaseModel.load(folder)) {
      Objective objective = new Objective.Supervised();
      double units = items().stream().mapToDouble(objective::units).sum();
      Decoder decoder = base.decoder(Parameters.of(base.weights()));

      double loss =
          Scope.withoutGradients(
              () -> (double) Tensors.number(objective.loss(decoder, items())) / units);

      assertThat(loss).isEqualTo(number("loss"), offset(TOLERANCE));
    }
  }

  void preferenceLossAgrees() throws IOException {
    try (BaseModel base = BaseModel.load(folder);
        LoadedAdapter adapter =
            AdapterFolder.load(folder.resolve("adapter"), base.configuration())) {
      List<Object> pair = golden.list("pair");
      TrainingItem item = TrainingItem.pair(answer(pair.get(0)), answer(pair.get(1)));
      Decoder reference = base.decoder(Parameters.of(base.weights()));
      Decoder policy = base.decoder(Parameters.of(base.weights(), adapter.updates()));

      PreferenceObjective objective = PreferenceObjective.measure(0.1, reference, List.of(item));
      float loss =
          Scope.withoutGradients(() -> Tensors.number(objective.loss(policy, List.of(item))));

      assertThat((double) loss).isEqualTo(number("preferenceLoss"), offset(TOLERANCE));
    }
  }

  void oneAdapterStepAgrees(int workers) throws Exception {
    try (BaseModel base = BaseModel.load(folder);
        LoadedAdapter adapter =
            AdapterFolder.load(folder.resolve("adapter"), base.configuration());
        TrainableParameters parameters = TrainableParameters.lowRank(base, ADAPTER, 1)) {
      for (Map.Entry<String, LowRankUpdate> update : adapter.updates().entrySet()) {
        parameters.set(update.getKey() + TrainableParameters.DOWN, update.getValue().down());
        parameters.set(update.getKey() + TrainableParameters.UP, update.getValue().up());
      }

      double loss = oneStep(base, parameters, ADAPTER, 0, workers);

      assertThat(loss).isEqualTo(number("adapterLoss"), offset(TOLERANCE));
      Path after = folder.resolve("adapter-after/adapter_model.safetensors");
      assertParameters(parameters, SafetensorsFile.open(after), "base_model.model.");
    }
  }

  void oneFullStepAgrees() throws Exception {
    try (BaseModel base = BaseModel.load(folder);
        TrainableParameters parameters = TrainableParameters.full(base)) {
      double loss = oneStep(base, parameters, null, 0.05, 2);

      assertThat(loss).isEqualTo(number("fullLoss"), offset(TOLERANCE));
      assertParameters(
          parameters, SafetensorsFile.open(folder.resolve("full-after/model.safetensors")), "");
    }
  }

  double oneStep(
      BaseModel base,
      TrainableParameters parameters,
      @Nullable LowRankSettings adapter,
      double decay,
      int workers)
      throws Exception {
    List<Worker> replicas =
        IntStream.range(0, workers).mapToObj(i -> new Worker(base, parameters, adapter)).toList();
    TrainingSettings settings =
        TrainingSettings.builder()
            .epochs(1)
            .batchSize(3)
            .learningRate(0.01, LearningRateSchedule.CONSTANT)
            .warmUpShare(0)
            .workers(workers)
            .checkpointInterval(0)
            .build();
    try (TrainingState state = new TrainingState(parameters, decay, false);
        WorkerPool pool = new WorkerPool(replicas)) {
      TrainingLoop.Items items =
          new TrainingLoop.Items(items(), List.of(), new Objective.Supervised());
      TrainingLoop loop =
          new TrainingLoop(
              settings, TrainingObserver.none(), items, new TrainingLoop.Machine(pool, state));
      return loop.run(new CheckpointStore(folder.resolve("none"), new TreeMap<>())).trainingLoss();
    }
  }

  private static void assertParameters(
      TrainableParameters parameters, SafetensorsFile expected, String prefix) throws IOException {
    for (TrainableParameters.Slice slice : parameters.slices()) {
      var bytes = expected.bytes(prefix + slice.name());
      float[] reference =
          Scope.withoutGradients(
              () -> Tensors.floats(Tensors.ofStored(bytes, "F32", slice.count())));
      float[] ours = Scope.withoutGradients(() -> Tensors.floats(slice.of(parameters.values())));

      assertThat(ours).as(slice.name()).containsExactly(reference, offset((float) TOLERANCE));
    }
  }

  private void assertLogits(Decoder decoder, String key) {
    int[] tokens = integers((List<?>) golden.list("sequences").get(0));
    float[][] logits = logits(decoder, tokens);
    List<Object> rows = golden.list(key);
    for (int row = 0; row < rows.size(); row++) {
      assertThat(logits[row * LOGIT_STRIDE])
          .as("logits at position %d", row * LOGIT_STRIDE)
          .containsExactly(floats((List<?>) rows.get(row)), offset((float) TOLERANCE));
    }
  }

  static float[][] logits(Decoder decoder, int[] tokens) {
    float[] flat =
        Scope.withoutGradients(
            () -> {
              long[] ids = Arrays.stream(tokens).asLongStream().toArray();
              return Tensors.floats(
                  decoder.logits(decoder.hidden(Tensors.ofLongs(ids, 1, ids.length))));
            });
    int width = flat.length / tokens.length;
    float[][] rows = new float[tokens.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }

  private List<TrainingItem> items() {
    return items(golden);
  }

  /** The sequences of a golden file with the tokens that are learnt. */
  static List<TrainingItem> items(JsonObject golden) {
    List<Object> sequences = golden.list("sequences");
    List<Object> trained = golden.list("trained");
    return IntStream.range(0, sequences.size())
        .mapToObj(
            i -> {
              BitSet marks = new BitSet();
              List<?> flags = (List<?>) trained.get(i);
              for (int at = 0; at < flags.size(); at++) {
                marks.set(at, (Boolean) flags.get(at));
              }
              return TrainingItem.of(
                  new TokenSequence(integers((List<?>) sequences.get(i)), marks));
            })
        .toList();
  }

  private static TokenSequence answer(Object tokens) {
    int[] ids = integers((List<?>) tokens);
    BitSet marks = new BitSet();
    marks.set(20, ids.length);
    return new TokenSequence(ids, marks);
  }

  private double number(String key) {
    return golden.findDouble(key).orElse(Double.NaN);
  }

  static int[] integers(List<?> values) {
    return values.stream().mapToInt(value -> ((Number) value).intValue()).toArray();
  }

  static float[] floats(List<?> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = ((Number) values.get(i)).floatValue();
    }
    return floats;
  }
}
