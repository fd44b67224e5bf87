package dev.finetune4j.providerkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Identifies a process, also if its number is used again later. Immutable and thread-safe.
 *
 * @param pid the number that the system gave it, and may give again
 * @param startedAt when it started; the epoch if the system does not say
 */
public record ProcessIdentity(long pid, Instant startedAt) {
  // The system keeps the start as ticks since boot, and its idea of the boot moves with the clock.
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Returns the identity of a process that is there now. */
  public static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** Returns the process if it still runs; one that only waits to be buried does not. */
  public Optional<ProcessHandle> findRunning() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::startedTogether)
        .filter(process -> !isZombie());
  }

  private boolean startedTogether(ProcessHandle process) {
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    return Duration.between(startedAt, start).abs().compareTo(TOLERANCE) <= 0;
  }

  private boolean isZombie() {
    // In a container whose first process does not bury orphans, a killed one keeps its number.
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String text = Files.readString(stat);
      return text.startsWith(" Z", text.lastIndexOf(')') + 1);
    } catch (IOException noSuchFileHere) {
      return false;
    }
  }
}
