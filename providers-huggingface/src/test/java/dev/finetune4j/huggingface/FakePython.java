package dev.finetune4j.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An interpreter that runs the real runner with a training that needs no package: the job's own
 * folder, its states, events and exit codes are the real ones.
 */
final class FakePython {
  static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();

  private FakePython() {}

  /** Writes the interpreter into a folder, once: a child of an earlier test may still run it. */
  static Path in(Path folder) throws IOException {
    Path interpreter = folder.resolve("python");
    if (Files.exists(interpreter)) {
      return interpreter;
    }
    Path standIn = SCRIPTS.resolve("stand_in.sh");
    Files.writeString(interpreter, "#!/bin/sh\nexec sh '" + standIn + "' \"$@\"\n");
    if (!interpreter.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + interpreter + " executable");
    }
    return interpreter;
  }

  /** Returns a server that answers with the name that it is asked for. */
  static ServerOptions server() {
    List<String> command =
        List.of("{interpreter}", SCRIPTS.resolve("fake_server.py").toString(), "{port}", "{name}");
    return ServerOptions.command(command, command);
  }
}
