package dev.finetune4j.huggingface.internal.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The Python script that runs a job folder on the service. Stateless. */
final class JobScript {
  static final String NAME = "finetune4j_on_jobs.py";
  private static final String PLACE = "/dev/finetune4j/huggingface/jobs/" + NAME;

  private JobScript() {}

  static String text() {
    try (InputStream stream = JobScript.class.getResourceAsStream(PLACE)) {
      if (stream == null) {
        throw new IllegalStateException("The jar lacks " + PLACE + ".");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
