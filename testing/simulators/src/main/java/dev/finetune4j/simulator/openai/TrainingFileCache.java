package dev.finetune4j.simulator.openai;

import java.util.HashMap;
import java.util.Map;

/** Reads each training file once for all jobs that use it. Guarded by the state. */
final class TrainingFileCache {

  private record Key(String file, String method, String member) {}

  private final Map<Key, TrainingFile> read = new HashMap<>();

  TrainingFile read(SimulatedFile file, String method, String member) {
    return read.computeIfAbsent(
        new Key(file.id(), method, member),
        key -> TrainingFile.read(file.content(), LineCheck.of(method), member));
  }
}
