package dev.finetune4j.huggingface.hub;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.providerkit.RequestContent;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file to add to a repository: its path there, and the source of its bytes, which must not change
 * until the commit is done. Thread-safe.
 */
final class NewFile {
  private static final int SAMPLE_BYTES = 512;
  private static final int BLOCK_BYTES = 64 << 10;

  private final String path;
  private final @Nullable Path file;
  private final byte[] bytes;

  NewFile(String path, @Nullable Path file, byte[] bytes) {
    this.path = path;
    this.file = file;
    this.bytes = bytes;
  }

  /** Returns the path in the repository. */
  String path() {
    return path;
  }

  /** Returns a range of the bytes, read when they are sent. */
  RequestContent content(long offset, long length) {
    return file == null
        ? RequestContent.of(Arrays.copyOfRange(bytes, (int) offset, (int) (offset + length)))
        : RequestContent.of(file, offset, length);
  }

  long size() {
    try {
      return file == null ? bytes.length : Files.size(file);
    } catch (IOException e) {
      throw new DataFileException("read", Path.of(path), e);
    }
  }

  /** Returns the first bytes in Base64, by which the Hub distinguishes text from binary files. */
  String sample() {
    return read(in -> Base64.getEncoder().encodeToString(in.readNBytes(SAMPLE_BYTES)));
  }

  /** Returns the SHA-256 of the content; reads it once. */
  String sha256() {
    return hash("SHA-256", new byte[0]);
  }

  /** Returns git's ID of the content; reads it once. */
  String gitId() {
    return hash("SHA-1", ("blob " + size() + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** An action on the bytes. */
  @FunctionalInterface
  interface Reading<T> {
    T of(InputStream in) throws IOException;
  }

  <T> T read(Reading<T> reading) {
    // Not a java.nio stream: an interrupt would close it, which looks like a broken file.
    try (InputStream in =
        file == null ? new ByteArrayInputStream(bytes) : new FileInputStream(file.toFile())) {
      return reading.of(in);
    } catch (IOException e) {
      throw new DataFileException("read", file == null ? Path.of(path) : file, e);
    }
  }

  private String hash(String algorithm, byte[] before) {
    return read(in -> hash(algorithm, before, in));
  }

  static String hash(String algorithm, byte[] before, InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(before);
      byte[] block = new byte[BLOCK_BYTES];
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        digest.update(block, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm + ".", e);
    }
  }

  static NewFile of(String path, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "The file " + file + " does not exist; cannot commit it as " + path + ".");
    }
    return new NewFile(path, file, new byte[0]);
  }
}
