package dev.finetune4j.huggingface.internal.autotrain;

import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Python files of AutoTrain jobs. Stateless. */
public final class AutoTrainScripts {
  /** The runner script; its arguments are a job folder and an interpreter that has AutoTrain. */
  public static final String RUNNER = "finetune4j_autotrain.py";

  private static final String PLACE = "/dev/finetune4j/huggingface/autotrain/";
  private static final String PROTOCOL = "finetune4j_job.py";

  private AutoTrainScripts() {}

  /** Returns the packages of AutoTrain's environment as a requirements file. */
  public static String requirements() {
    return text("requirements.txt");
  }

  /** Returns a resource file for AutoTrain. */
  public static String text(String name) {
    try (InputStream stream = AutoTrainScripts.class.getResourceAsStream(PLACE + name)) {
      if (stream == null) {
        throw new IllegalStateException("The jar lacks " + PLACE + name + ".");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the runner's files into a job, so that it keeps its version of them. */
  public static void writeRunner(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(RUNNER), text(RUNNER));
    for (String shared : new String[] {PROTOCOL, TrlScripts.TETHER}) {
      Files.writeString(folder.resolve(shared), TrlScripts.text(shared));
    }
  }
}
