package dev.finetune4j.local.internal.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The tiny base model in the jar. Stateless. */
public final class TinyBase {
  private static final String RESOURCE = "/dev/finetune4j/local/tiny/";
  private static final List<String> FILES =
      List.of(
          "config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "base.json",
          "model.safetensors");

  private TinyBase() {}

  /**
   * Writes the base's five files, about 2 MB, into a folder, which becomes a normal checkpoint
   * folder. Existing files are not replaced.
   *
   * @return the folder
   */
  public static Path unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : FILES) {
      Path target = folder.resolve(name);
      if (!Files.exists(target)) {
        copy(name, target);
      }
    }
    return folder;
  }

  private static void copy(String name, Path target) throws IOException {
    try (InputStream resource = TinyBase.class.getResourceAsStream(RESOURCE + name)) {
      if (resource == null) {
        throw new IOException("the jar has no " + RESOURCE + name);
      }
      // Several processes may unpack at once; none may see a partial file.
      Path draft = Files.createTempFile(target.toAbsolutePath().getParent(), name, ".tmp");
      Files.copy(resource, draft, StandardCopyOption.REPLACE_EXISTING);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
