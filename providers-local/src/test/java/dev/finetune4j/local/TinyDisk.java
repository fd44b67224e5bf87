package dev.finetune4j.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real file system of a few kilobytes; only Linux and only root can make one. */
final class TinyDisk implements AutoCloseable {
  private final Path folder;

  private TinyDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts it on {@code folder}, or skips the test where that cannot be done. */
  static TinyDisk mount(Path folder, int kibibytes) throws IOException {
    assumeTrue(
        Files.isExecutable(Path.of("/bin/mount")) || Files.isExecutable(Path.of("/usr/bin/mount")),
        "A full disk needs a small file system, and there is no mount here.");
    Files.createDirectories(folder);
    int code =
        run(List.of("mount", "-t", "tmpfs", "-o", size(kibibytes), "tmpfs", folder.toString()));
    assumeTrue(code == 0, "A full disk needs a small file system, and only root may mount one.");
    return new TinyDisk(folder);
  }

  Path folder() {
    return folder;
  }

  void grow(int kibibytes) throws IOException {
    int code = run(List.of("mount", "-o", "remount," + size(kibibytes), folder.toString()));
    if (code != 0) {
      throw new IOException("mount -o remount ended with " + code);
    }
  }

  private static String size(int kibibytes) {
    return "size=" + kibibytes + "k";
  }

  private static int run(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join()
        .exitValue();
  }

  @Override
  public void close() throws IOException {
    // Lazily: the provider's lock file may still be open for a moment.
    run(List.of("umount", "-l", folder.toString()));
  }
}
