package dev.finetune4j.huggingface;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Detects whether this machine has an NVIDIA GPU that Python could use. Stateless. */
@FunctionalInterface
interface TrlAccelerator {

  /** Returns whether there is one. Checks a few files. */
  boolean isThere();

  /** Returns a detector that looks for driver files, which also works in containers. */
  static TrlAccelerator ofThisMachine() {
    List<Path> signs =
        List.of(
            Path.of("/proc/driver/nvidia/version"),
            Path.of("/dev/nvidiactl"),
            Path.of("/dev/dxg"),
            Path.of("C:\\Windows\\System32\\nvidia-smi.exe"));
    return () -> signs.stream().anyMatch(Files::exists);
  }
}
