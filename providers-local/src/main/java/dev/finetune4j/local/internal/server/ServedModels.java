package dev.finetune4j.local.internal.server;

import dev.finetune4j.local.internal.generation.TextGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of the served models: the base and the loaded adapters. Thread-safe. */
final class ServedModels {
  private final String base;
  private final TextGenerator generator;
  private final Map<String, Adapter> adapters = new TreeMap<>();
  private int loaded;

  ServedModels(String base, TextGenerator generator) {
    this.base = base;
    this.generator = generator;
  }

  private record Adapter(String key, Path folder) {}

  synchronized List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(base);
    names.addAll(adapters.keySet());
    return names;
  }

  /**
   * Returns the generator's key for a model, null for the base.
   *
   * @throws Refusal 404 if no such model is served
   */
  synchronized @Nullable String requireKey(String name) {
    if (name.equals(base)) {
      return null;
    }
    Adapter adapter = adapters.get(name);
    if (adapter == null) {
      throw Refusal.unknownModel(name, names());
    }
    return adapter.key();
  }

  synchronized void load(String name, Path folder) throws IOException {
    Adapter there = adapters.get(name);
    if (there != null && there.folder().equals(folder)) {
      return;
    }
    loaded++;
    Adapter adapter = new Adapter("adapter-" + loaded, folder);
    generator.addAdapter(adapter.key(), folder);
    adapters.put(name, adapter);
  }

  synchronized void unload(String name) {
    if (adapters.remove(name) == null) {
      throw Refusal.unknownModel(name, names());
    }
  }
}
