package dev.finetune4j.deployment;

import dev.finetune4j.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A book in a folder, one file for each lease. A file is forced to disk and put in place in one
 * step, so the book survives the death of the process or the machine at any moment; a lock file
 * keeps processes apart that share the folder. Thread-safe, also across objects on the same folder.
 */
public final class FileLeaseRegistry extends StoredLeaseRegistry {

  private FileLeaseRegistry(Path directory, Time time) {
    super(new LeaseFolder(directory), time);
  }

  /**
   * Opens the book in {@code directory}, which is made if it is not there. Nothing stays open.
   *
   * @throws LeaseRegistryException if the folder cannot be made
   */
  public static FileLeaseRegistry open(Path directory, Time time) {
    try {
      Files.createDirectories(directory);
      return new FileLeaseRegistry(directory.toRealPath(), time);
    } catch (IOException e) {
      throw new LeaseRegistryException(
          "Cannot make the folder of leases " + directory + ". Choose one that can be written.", e);
    }
  }
}
