package dev.finetune4j.huggingface;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells whether this machine has an NVIDIA graphics card that Python could use. Stateless. */
@FunctionalInterface
interface TrlAccelerator {

  /** Returns whether there is one. A few looks at the disk. */
  boolean isThere();

  /** Returns the look at this machine: its driver's files on Linux, and inside of containers. */
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
