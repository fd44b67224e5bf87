package dev.finetune4j.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An interpreter that runs the real runner and a fake AutoTrain. */
final class FakeAutoTrain {

  private FakeAutoTrain() {}

  /** Writes the interpreter into a folder, once: a child of an earlier test may still run it. */
  static Path in(Path folder) throws IOException {
    Path interpreter = folder.resolve("autotrain-python");
    if (Files.exists(interpreter)) {
      return interpreter;
    }
    Files.writeString(
        interpreter,
        """
        #!/bin/sh
        case "$1 $2" in
          "-m autotrain.cli.autotrain") shift 2; exec python3 "%s" "$@";;
        esac
        exec python3 "$@"
        """
            .formatted(FakePython.SCRIPTS.resolve("fake_autotrain.py")));
    if (!interpreter.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + interpreter + " executable");
    }
    return interpreter;
  }
}
