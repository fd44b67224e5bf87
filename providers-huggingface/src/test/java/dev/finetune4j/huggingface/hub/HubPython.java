package dev.finetune4j.huggingface.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.simulator.huggingface.SimulatedHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Runs scripts in a Python with the packages of a file, made once in the user's cache folder, which
 * needs the network.
 */
public final class HubPython {
  private static final Path PYTHON = Path.of("src/test/python");
  private static final String REQUIREMENTS = "requirements-hub.txt";

  private HubPython() {}

  /** Runs a script to its good end and returns what it says. */
  public static String run(Path script, SimulatedHub hub, Path home, String... arguments)
      throws Exception {
    ProcessBuilder process = new ProcessBuilder(interpreter(REQUIREMENTS), script.toString());
    process.command().addAll(List.of(arguments));
    process.environment().put("HF_ENDPOINT", hub.endpoint().toString());
    process.environment().put("HF_TOKEN", hub.token());
    process.environment().put("HF_HOME", home.toString());
    process.environment().put("HF_HUB_DISABLE_XET", "1");
    process.environment().put("HF_HUB_DISABLE_PROGRESS_BARS", "1");
    return run(process);
  }

  /** Runs a script that needs no Hub to its good end and returns what it says. */
  public static String run(Path script, String... arguments) throws Exception {
    ProcessBuilder process = new ProcessBuilder(interpreter(REQUIREMENTS), script.toString());
    process.command().addAll(List.of(arguments));
    return run(process);
  }

  /** Returns a Python with the packages of a file that lies beside the scripts. */
  public static String interpreter(String requirements) throws Exception {
    Path packages = PYTHON.resolve(requirements);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(packages));
    Path environment =
        Path.of(System.getProperty("user.home"), ".cache", "finetune4j")
            .resolve("python-hub-" + HexFormat.of().formatHex(digest).substring(0, 12));
    String python = environment.resolve("bin/python").toString();
    Path ready = environment.resolve("ready");
    if (!Files.exists(ready)) {
      run(new ProcessBuilder("python3", "-m", "venv", environment.toString()));
      run(new ProcessBuilder(python, "-m", "pip", "install", "--quiet", "-r", packages.toString()));
      Files.createFile(ready);
    }
    return python;
  }

  private static String run(ProcessBuilder command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("hub-python", ".log");
    int code = command.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    String said = Files.readString(log);
    Files.delete(log);
    assertThat(code).as(said).isZero();
    return said;
  }
}
