package dev.finetune4j.local;

import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.local.internal.decoder.ConfigurationFile;
import dev.finetune4j.local.internal.decoder.DecoderConfiguration;
import dev.finetune4j.local.internal.pretraining.TinyBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The base models by name: the caller's, and the shipped one. Thread-safe. */
final class LocalBases {
  private final Map<String, Path> folders;
  private final Path directory;
  private final Map<String, DecoderConfiguration> configurations = new ConcurrentHashMap<>();

  LocalBases(Map<String, Path> named, Path directory) {
    this.folders = new TreeMap<>(named);
    this.directory = directory;
  }

  boolean knows(String name) {
    return folders.containsKey(name) || name.equals(LocalProvider.TINY);
  }

  /** Returns the names of all bases, in their alphabetical order. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(folders.keySet());
    names.add(LocalProvider.TINY);
    return names;
  }

  /** Returns the checkpoint folder; the shipped base is written to the disk at its first use. */
  Path require(String name) {
    Path folder = folders.get(name);
    if (folder != null) {
      return folder;
    }
    if (!name.equals(LocalProvider.TINY)) {
      throw new NotFoundException(
          LocalErrors.failure(
              "There is no base model \""
                  + name
                  + "\"; there are \""
                  + LocalProvider.TINY
                  + "\" and "
                  + folders.keySet()
                  + ". Name its checkpoint folder with LocalProvider.builder().base(name, folder)."));
    }
    try {
      return TinyBase.unpack(directory.resolve("bases").resolve(LocalProvider.TINY));
    } catch (IOException e) {
      throw LocalErrors.unreadable("The shipped base could not be written to " + directory, e);
    }
  }

  /** Returns the shape of a base. Reads one small file, once. */
  DecoderConfiguration configuration(String name) {
    Path folder = require(name);
    return configurations.computeIfAbsent(
        name,
        key -> {
          try {
            return ConfigurationFile.read(folder);
          } catch (IOException e) {
            throw LocalErrors.unreadable("The base \"" + key + "\" in " + folder, e);
          } catch (IllegalArgumentException | JsonSyntaxException e) {
            throw LocalErrors.invalid(
                "The base \"" + key + "\" in " + folder + " cannot be used: " + e.getMessage());
          }
        });
  }

  /** Returns the most tokens that a base can read and write in one conversation. */
  int contextTokens(String name) {
    return configuration(name).rotary().maximumPositions();
  }
}
