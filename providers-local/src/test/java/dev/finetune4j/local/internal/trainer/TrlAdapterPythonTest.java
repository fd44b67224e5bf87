package dev.finetune4j.local.internal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.finetune4j.json.Json;
import dev.finetune4j.local.internal.adapter.AdapterFolder;
import dev.finetune4j.local.internal.adapter.LoadedAdapter;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.decoder.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TRL trains on another module's order is served here as well. */
@Tag("python")
final class TrlAdapterPythonTest {
  private static final float TOLERANCE = 1e-3f;

  @TempDir Path directory;

  @Test
  void anAdapterThatTrlTrainedOnARealBaseGivesTheLogitsOfPeft() throws Exception {
    ReferencePython python = ReferencePython.find();
    Path folder = python.smolLm();
    python.script("trl_adapter.py", folder.toString(), directory.resolve("job").toString());
    Path adapter = directory.resolve("job").resolve("output");

    try (BaseModel base = BaseModel.load(folder);
        LoadedAdapter loaded = AdapterFolder.load(adapter, base.configuration())) {
      int[] tokens = Arrays.copyOf(base.tokenizer().encode("7 + 8 = 15 and 20 + 20 = 40"), 12);
      float[][] ours =
          ParityChecks.logits(
              base.decoder(Parameters.of(base.weights(), loaded.updates())), tokens);
      float[][] untrained =
          ParityChecks.logits(base.decoder(Parameters.of(base.weights())), tokens);
      List<Object> theirs = theirs(python, folder, tokens, adapter);

      for (int row = 0; row < ours.length; row++) {
        float[] reference = ParityChecks.floats((List<?>) theirs.get(row));
        assertThat(ours[row]).containsExactly(reference, offset(TOLERANCE * largest(reference)));
      }
      assertThat(largest(ours[11])).isNotCloseTo(largest(untrained[11]), offset(TOLERANCE));
    }
  }

  private List<Object> theirs(ReferencePython python, Path base, int[] tokens, Path adapter)
      throws Exception {
    Path question =
        Files.writeString(
            directory.resolve("tokens.json"), "{\"tokens\":" + Arrays.toString(tokens) + "}");
    Path answer = directory.resolve("logits.json");
    python.golden(
        "logits", base.toString(), question.toString(), answer.toString(), adapter.toString());
    return Json.readObject(answer).list("logits");
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
