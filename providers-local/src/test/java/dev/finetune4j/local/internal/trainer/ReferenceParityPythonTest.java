package dev.finetune4j.local.internal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.finetune4j.json.Json;
import dev.finetune4j.local.internal.adapter.AdapterFolder;
import dev.finetune4j.local.internal.adapter.CheckpointFolder;
import dev.finetune4j.local.internal.adapter.LoadedAdapter;
import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.Parameters;
import dev.finetune4j.local.internal.decoder.TinyBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parity with transformers and peft themselves, both ways: we compute what they compute, and they
 * load what we write.
 */
@Tag("python")
final class ReferenceParityPythonTest {
  @TempDir static Path directory;
  private static ReferencePython python;

  @BeforeAll
  static void makeCheckpoints() throws Exception {
    python = ReferencePython.find();
    python.golden("make", directory.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tied", "biased", "stretched", "qwen2", "sharded"})
  void everyComputationEqualsTheReference(String variant) throws Exception {
    ParityChecks checks = new ParityChecks(directory.resolve(variant));

    checks.logitsAgree();
    checks.logitsWithAdapterAgree();
    checks.chatTemplateAgrees();
    checks.lossAgrees();
    checks.preferenceLossAgrees();
    checks.oneAdapterStepAgrees(2);
    checks.oneFullStepAgrees();
  }

  @Test
  void peftLoadsOurAdapterAndGivesOurLogits() throws Exception {
    Path adapter = trained(LowRankSettings.allLinear(4, 8, 0));

    try (BaseModel base = BaseModel.load(MicroModel.folder());
        LoadedAdapter loaded = AdapterFolder.load(adapter, base.configuration())) {
      int[] tokens = {1, 5, 9, 40, 77, 3, 3, 60};
      float[][] ours =
          ParityChecks.logits(
              base.decoder(Parameters.of(base.weights(), loaded.updates())), tokens);

      assertEqual(ours, theirs(MicroModel.folder(), tokens, adapter.toString()));
    }
  }

  @Test
  void transformersLoadsOurMergedCheckpointAndGivesOurLogits() throws Exception {
    Path adapter = trained(new LowRankSettings(2, 4, 0, Set.of("q_proj", "v_proj")));
    Path merged = directory.resolve("merged");

    try (BaseModel base = BaseModel.load(MicroModel.folder());
        LoadedAdapter loaded = AdapterFolder.load(adapter, base.configuration())) {
      int[] tokens = {10, 20, 30, 40};
      CheckpointFolder.merge(base, loaded, merged);
      float[][] ours =
          ParityChecks.logits(
              base.decoder(Parameters.of(base.weights(), loaded.updates())), tokens);

      assertEqual(ours, theirs(merged, tokens));
    }
  }

  @Test
  void transformersLoadsTheTinyBaseAndGivesOurLogits() throws Exception {
    Path tiny = TinyBase.unpack(directory.resolve("tiny-base"));

    try (BaseModel base = BaseModel.load(tiny)) {
      int[] tokens = base.tokenizer().encode("2 1/2 c. brown sugar, packed");
      float[][] ours = ParityChecks.logits(base.decoder(Parameters.of(base.weights())), tokens);

      assertEqual(ours, theirs(tiny, tokens));
    }
  }

  private static Path trained(LowRankSettings adapter) throws Exception {
    Path job = Files.createTempDirectory(directory, "job");
    TrainingSettings settings =
        TrainingSettings.builder()
            .epochs(2)
            .learningRate(0.02, LearningRateSchedule.LINEAR)
            .checkpointInterval(0)
            .workers(2)
            .build();
    TrainingData data = new TrainingData.Conversations(MicroModel.conversations(40), List.of());
    Path output = job.resolve("output");
    new Trainer(
            new TrainingSpec(
                MicroModel.folder(), data, settings, adapter, job.resolve("checkpoints"), output),
            TrainingObserver.none())
        .run();
    return output;
  }

  private static List<Object> theirs(Path model, int[] tokens, String... adapter) throws Exception {
    Path question =
        Files.writeString(
            directory.resolve("tokens.json"), "{\"tokens\":" + Arrays.toString(tokens) + "}");
    Path answer = directory.resolve("logits.json");
    String[] arguments = {"logits", model.toString(), question.toString(), answer.toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + adapter.length);
    System.arraycopy(adapter, 0, all, arguments.length, adapter.length);
    python.golden(all);
    return Json.readObject(answer).list("logits");
  }

  private static void assertEqual(float[][] ours, List<Object> theirs) {
    for (int row = 0; row < ours.length; row++) {
      float[] reference = ParityChecks.floats((List<?>) theirs.get(row));
      assertThat(ours[row]).as("position %d", row).containsExactly(reference, offset(1e-4f));
    }
  }
}
