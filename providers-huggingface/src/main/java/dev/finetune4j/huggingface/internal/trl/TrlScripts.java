package dev.finetune4j.huggingface.internal.trl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Python files that travel with a job, and other texts beside them in the jar. Stateless. */
public final class TrlScripts {
  /** The script that is started with a job folder as its argument. */
  public static final String RUNNER = "finetune4j_trl.py";

  /** The script that ends a server together with its application. */
  public static final String TETHER = "finetune4j_tether.py";

  /** The script that makes one checkpoint of a base and an adapter. */
  public static final String MERGE = "finetune4j_merge.py";

  /** All that the runner imports, itself first. */
  public static final List<String> RUNNER_FILES =
      List.of(
          RUNNER,
          "finetune4j_job.py",
          "finetune4j_training.py",
          "finetune4j_data.py",
          "finetune4j_rewards.py");

  /** The folder within a job's folder that holds them. */
  public static final String FOLDER = "runner";

  private static final String PLACE = "/dev/finetune4j/huggingface/trl/";

  private TrlScripts() {}

  /** Returns the packages that the runner was tested with, one a line, as pip and uv read them. */
  public static String requirements() {
    return text("requirements.txt");
  }

  /** Writes the runner's files, so that a job keeps the version that it began with. */
  public static void writeRunner(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : RUNNER_FILES) {
      Files.writeString(folder.resolve(name), text(name));
    }
  }

  /** Returns a file that is a part of this library. */
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
