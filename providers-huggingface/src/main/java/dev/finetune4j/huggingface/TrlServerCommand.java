package dev.finetune4j.huggingface;

import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.huggingface.internal.trl.TrlScripts;
import dev.finetune4j.storage.AtomicFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The command that serves one model, and the model name for requests. Immutable and thread-safe.
 */
final class TrlServerCommand {
  private final HuggingFaceSettings settings;
  private final TrlModels.Files files;
  private final int port;
  private final Path folder;

  private TrlServerCommand(HuggingFaceSettings settings, TrlModels.Files files, int port) {
    this.settings = settings;
    this.files = files;
    this.port = port;
    this.folder = settings.directory().resolve("servers");
  }

  /** Returns the command for a model, on a free port. */
  static TrlServerCommand of(HuggingFaceSettings settings, TrlModels.Files files) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new TrlServerCommand(settings, files, socket.getLocalPort());
    } catch (IOException e) {
      throw TrlErrors.unavailable("No free port: " + e.getMessage() + ".");
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port + "/v1");
  }

  Path log() {
    return folder.resolve(files.name().replaceAll("[^A-Za-z0-9._-]", "-") + ".log");
  }

  /** Returns the model name for requests. */
  String served() {
    return settings.server().isPinned() ? model() : files.name();
  }

  /** Merges an adapter into a complete checkpoint if the server needs one; done once and kept. */
  void mergeIfNeeded() throws IOException, InterruptedException {
    @Nullable Path adapter = files.folder();
    if (adapter == null || !isMerged() || Files.isDirectory(merged(adapter))) {
      return;
    }
    List<String> command =
        List.of(
            settings.environment().interpreter().toString(),
            script(TrlScripts.MERGE).toString(),
            files.base(),
            adapter.toString(),
            merged(adapter).toString());
    if (builder(command).start().waitFor() != 0) {
      throw TrlErrors.unavailable(
          "The adapter of " + files.name() + " could not be merged. See " + log() + ".");
    }
  }

  /** Starts the server, tied to this process. */
  Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(settings.environment().interpreter().toString());
    command.add(script(TrlScripts.TETHER).toString());
    boolean asAdapter = files.isAdapter() && settings.server().servesAdapters();
    for (String part :
        asAdapter ? settings.server().adapterCommand() : settings.server().modelCommand()) {
      command.add(filled(part));
    }
    return builder(command).start();
  }

  private String filled(String part) {
    Map<String, String> values = new TreeMap<>();
    values.put("{interpreter}", settings.environment().interpreter().toString());
    values.put("{port}", Integer.toString(port));
    values.put("{name}", served());
    values.put("{model}", model());
    values.put("{base}", files.base());
    values.put("{adapter}", files.folder() == null ? "" : files.folder().toString());
    String result = part;
    for (Map.Entry<String, String> value : values.entrySet()) {
      result = result.replace(value.getKey(), value.getValue());
    }
    return result;
  }

  private String model() {
    @Nullable Path result = files.folder();
    if (result == null) {
      return files.base();
    }
    return (isMerged() ? merged(result) : result).toString();
  }

  private boolean isMerged() {
    return files.isAdapter() && !settings.server().servesAdapters();
  }

  private static Path merged(Path adapter) {
    Path beside = adapter.resolve("merged");
    return Files.isDirectory(beside) ? beside : adapter.resolveSibling("merged");
  }

  private ProcessBuilder builder(List<String> command) throws IOException {
    Files.createDirectories(folder);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    TrlProcesses.prepare(builder.environment());
    return builder;
  }

  private Path script(String name) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    if (!Files.exists(file) || !Files.readString(file).equals(TrlScripts.text(name))) {
      AtomicFile.write(file, TrlScripts.text(name));
    }
    return file;
  }
}
