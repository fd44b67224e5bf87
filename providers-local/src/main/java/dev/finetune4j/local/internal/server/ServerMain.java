package dev.finetune4j.local.internal.server;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.generation.TextGenerator;
import dev.finetune4j.providerkit.process.ChildLog;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the child that serves. Reads one line of JSON from its standard input (base,
 * name, token, workers: a secret does not belong on a command line), answers with one line (the
 * port, or the error), and lives until the input ends: when its parent dies, so does it.
 */
public final class ServerMain {
  private static final int FAILED = 70;

  private ServerMain() {}

  /** Runs the child. */
  public static void main(String[] arguments) throws IOException {
    // Without this the server's answers wait 40 ms for the caller's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    PrintStream answer = to(FileDescriptor.out);
    // Output of native libraries must not appear where the parent expects the port.
    System.setOut(to(FileDescriptor.err));
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    @Nullable String line = input.readLine();
    if (line == null) {
      Runtime.getRuntime().halt(FAILED);
      return;
    }
    Thread work = new Thread(() -> serve(Json.parseObject(line), answer), "start");
    work.setDaemon(true);
    work.start();
    input.transferTo(Writer.nullWriter());
    Runtime.getRuntime().halt(0);
  }

  private static PrintStream to(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static void serve(JsonObject settings, PrintStream answer) {
    try {
      BaseModel base = BaseModel.load(Path.of(settings.requireString("base")));
      int workers = Math.toIntExact(settings.requireLong("workers"));
      TextGenerator generator = new TextGenerator(base, workers);
      ServedModels models = new ServedModels(settings.requireString("name"), generator);
      int port = ModelServer.start(generator, models, settings.requireString("token"));
      answer.println(JsonObject.empty().put("port", port));
    } catch (IOException | RuntimeException | Error e) {
      ChildLog.write(e);
      answer.println(JsonObject.empty().put("error", String.valueOf(e.getMessage())));
      Runtime.getRuntime().halt(FAILED);
    }
  }
}
