package dev.finetune4j.local.internal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.adapter.AdapterFolder;
import dev.finetune4j.local.internal.adapter.LoadedAdapter;
import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.LowRankUpdate;
import dev.finetune4j.local.internal.decoder.Parameters;
import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real checkpoint, SmolLM2-135M-Instruct, held against transformers and peft. */
@Tag("python")
final class SmolLmPythonTest {
  private static final int LOGIT_STRIDE = 13;
  private static final double RELATIVE = 1e-3;
  private static final LowRankSettings ADAPTER = LowRankSettings.allLinear(4, 8, 0);

  @TempDir static Path answers;
  private static Path folder;
  private static JsonObject golden;

  @BeforeAll
  static void askTheReference() throws Exception {
    ReferencePython python = ReferencePython.find();
    folder = python.smolLm();
    python.script("smollm2_checkpoint.py", "answers", folder.toString(), answers.toString());
    golden = Json.readObject(answers.resolve("golden.json"));
  }

  @Test
  void conversationsBecomeTheReferencesTextAndTokens() throws Exception {
    try (BaseModel base = BaseModel.load(folder)) {
      assertThat(golden.list("conversations")).hasSize(4);
      for (Object each : golden.list("conversations")) {
        Map<?, ?> conversation = (Map<?, ?>) each;
        String text = String.valueOf(conversation.get("text"));
        int[] expected = ParityChecks.integers(list(conversation, "tokens"));
        List<ChatMessage> messages = messages(list(conversation, "messages"));
        boolean isPrompt = Boolean.TRUE.equals(conversation.get("prompt"));

        int[] ours =
            isPrompt
                ? base.template().encodePrompt(messages)
                : base.template().encode(messages).tokens();

        assertThat(base.tokenizer().encode(text)).as("tokens of %s", text).isEqualTo(expected);
        assertThat(ours).as("our template for %s", text).isEqualTo(expected);
      }
    }
  }

  @Test
  void logitsAgreeWithTheReference() throws Exception {
    try (BaseModel base = BaseModel.load(folder)) {
      int[] tokens = ParityChecks.integers((List<?>) golden.list("sequences").get(0));

      float[][] ours = ParityChecks.logits(base.decoder(Parameters.of(base.weights())), tokens);

      List<Object> rows = golden.list("logits");
      assertThat(rows).hasSizeGreaterThan(2);
      for (int row = 0; row < rows.size(); row++) {
        float[] reference = ParityChecks.floats((List<?>) rows.get(row));
        assertThat(ours[row * LOGIT_STRIDE])
            .as("logits at position %d", row * LOGIT_STRIDE)
            .containsExactly(reference, offset((float) RELATIVE * largest(reference)));
      }
    }
  }

  @Test
  void theLossBeforeAndAfterAnAdapterStepIsTheReferences() throws Exception {
    try (BaseModel base = BaseModel.load(folder);
        LoadedAdapter adapter =
            AdapterFolder.load(answers.resolve("adapter"), base.configuration());
        TrainableParameters parameters = TrainableParameters.lowRank(base, ADAPTER, 1)) {
      for (Map.Entry<String, LowRankUpdate> update : adapter.updates().entrySet()) {
        parameters.set(update.getKey() + TrainableParameters.DOWN, update.getValue().down());
        parameters.set(update.getKey() + TrainableParameters.UP, update.getValue().up());
      }
      ParityChecks checks = new ParityChecks(answers);

      double first = checks.oneStep(base, parameters, ADAPTER, 0, 2);
      double second = checks.oneStep(base, parameters, ADAPTER, 0, 2);

      assertClose(first, "adapterLoss");
      assertClose(second, "nextAdapterLoss");
      assertThat(second).isLessThan(first);
      assertThat(first).isNotCloseTo(golden.findDouble("loss").orElse(Double.NaN), offset(1e-3));
    }
  }

  private static void assertClose(double ours, String key) {
    double reference = golden.findDouble(key).orElse(Double.NaN);
    assertThat(ours).as(key).isEqualTo(reference, offset(RELATIVE * reference));
  }

  private static List<?> list(Map<?, ?> object, String key) {
    return (List<?>) Objects.requireNonNull(object.get(key));
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static List<ChatMessage> messages(List<?> turns) {
    return turns.stream()
        .map(turn -> (Map<?, ?>) turn)
        .map(
            turn ->
                ChatMessage.of(
                    String.valueOf(turn.get("role")), String.valueOf(turn.get("content"))))
        .toList();
  }
}
