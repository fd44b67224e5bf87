package dev.finetune4j.huggingface.internal.trl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Python files of TRL jobs and other text resources. Stateless. */
public final class TrlScripts {
  /** The runner script; its argument is a job folder. */
  public static final String RUNNER = "finetune4j_trl.py";

  /** The script that stops a server when its application ends. */
  public static final String TETHER = "finetune4j_tether.py";

  /** The script that merges a base and an adapter into one checkpoint. */
  public static final String MERGE = "finetune4j_merge.py";

  /** The runner and the files that it imports. */
  public static final List<String> RUNNER_FILES =
      List.of(
          RUNNER,
          "finetune4j_job.py",
          "finetune4j_training.py",
          "finetune4j_data.py",
          "finetune4j_rewards.py");

  /** The folder of these files in a job folder. */
  public static final String FOLDER = "runner";

  private static final String PLACE = "/dev/finetune4j/huggingface/trl/";

  private TrlScripts() {}

  /** Returns the packages that the runner was tested with as a requirements file. */
  public static String requirements() {
    return text("requirements.txt");
  }

  /** Writes the runner's files into a job, so that it keeps its version of them. */
  public static void writeRunner(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : RUNNER_FILES) {
      Files.writeString(folder.resolve(name), text(name));
    }
  }

  /** Returns a resource file. */
  public static String text(String name) {
    try (InputStream stream = TrlScripts.class.getResourceAsStream(PLACE + name)) {
      if (stream == null) {
        throw new IllegalStateException("The jar lacks " + PLACE + name + ".");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
