package dev.finetune4j.providerkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Copies of nested jars as plain files, because a plain JVM cannot read a jar inside a jar. A copy
 * is named by its content, so it is made once, and a new version of the application adds only what
 * changed. Thread-safe, also against other processes that use the same folder.
 */
final class NestedJarCopies {
  private static final long MEBIBYTE = 1 << 20;

  private final Path folder;
  private final long maximumBytes;

  /**
   * Keeps copies in a folder; no I/O.
   *
   * @param folder made when it is needed, readable by this user only
   * @param maximumBytes the most that all copies of one application may take
   */
  NestedJarCopies(Path folder, long maximumBytes) {
    this.folder = folder;
    this.maximumBytes = maximumBytes;
  }

  private record Copy(NestedJar jar, ZipFile zip, ZipEntry entry, Path target) {

    long size() {
      return entry.getSize();
    }

    boolean isMissing() {
      try {
        return Files.size(target) != size();
      } catch (IOException notThere) {
        return true;
      }
    }
  }

  /**
   * Returns the copy of each jar. Reads only the directory of the outer jar if all are there.
   *
   * @throws IOException if they are too large, do not fit on the disk, or cannot be read
   */
  Map<NestedJar, Path> of(Collection<NestedJar> jars) throws IOException {
    Map<Path, ZipFile> open = new HashMap<>();
    try {
      List<Copy> copies = new ArrayList<>();
      for (NestedJar jar : jars) {
        copies.add(copy(jar, open));
      }
      refuseTooMuch(copies);
      PrivateFolder.create(folder);
      if (copies.stream().anyMatch(Copy::isMissing)) {
        FolderLock.holding(folder.resolve("copies.lock"), () -> makeMissing(copies));
      }
      Map<NestedJar, Path> targets = new LinkedHashMap<>();
      copies.forEach(copy -> targets.put(copy.jar(), copy.target()));
      return targets;
    } finally {
      for (ZipFile zip : open.values()) {
        zip.close();
      }
    }
  }

  private Copy copy(NestedJar jar, Map<Path, ZipFile> open) throws IOException {
    ZipFile zip = open.get(jar.outer());
    if (zip == null) {
      zip = new ZipFile(jar.outer().toFile());
      open.put(jar.outer(), zip);
    }
    ZipEntry entry = zip.getEntry(jar.entry());
    if (entry == null) {
      throw new IOException(jar.outer() + " has no entry " + jar.entry());
    }
    // The checksum in the zip's directory names the content without reading hundreds of megabytes;
    // it need not withstand forgery, since the application's own jar is trusted.
    String name =
        Long.toHexString(entry.getCrc())
            + "-"
            + Long.toHexString(entry.getSize())
            + "-"
            + jar.fileName();
    return new Copy(jar, zip, entry, folder.resolve(name));
  }

  private void refuseTooMuch(List<Copy> copies) throws IOException {
    long all = copies.stream().mapToLong(Copy::size).sum();
    if (all > maximumBytes) {
      throw new IOException(
          "The jars inside the application's jar take "
              + all / MEBIBYTE
              + " MiB, and at most "
              + maximumBytes / MEBIBYTE
              + " MiB are copied; leave out native libraries of other platforms");
    }
  }

  private List<Copy> makeMissing(List<Copy> copies) throws IOException {
    // The lock is held, so a draft is what a process left that died.
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, ".copy*.tmp")) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    }
    List<Copy> missing = copies.stream().filter(Copy::isMissing).toList();
    long needed = missing.stream().mapToLong(Copy::size).sum();
    if (needed > free()) {
      throw full(needed, null);
    }
    for (Copy each : missing) {
      try {
        make(each);
      } catch (IOException e) {
        throw String.valueOf(e.getMessage()).contains("No space left") ? full(needed, e) : e;
      }
    }
    return missing;
  }

  private void make(Copy copy) throws IOException {
    Path draft = Files.createTempFile(folder, ".copy", ".tmp");
    try {
      CRC32 checksum = new CRC32();
      try (InputStream input = copy.zip().getInputStream(copy.entry());
          OutputStream output = new CheckedOutputStream(Files.newOutputStream(draft), checksum)) {
        input.transferTo(output);
      }
      if (checksum.getValue() != copy.entry().getCrc()) {
        throw new IOException(
            copy.jar().outer() + " is damaged: " + copy.jar().entry() + " has another checksum");
      }
      Files.move(
          draft,
          copy.target(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private IOException full(long needed, @Nullable IOException cause) throws IOException {
    return new IOException(
        "The disk is full: copies of the jars inside the application's jar need "
            + (needed / MEBIBYTE + 1)
            + " MiB in "
            + folder
            + ", which has "
            + free() / MEBIBYTE
            + " MiB free. Make room, or choose a directory on another disk",
        cause);
  }
}
