package dev.finetune4j.simulator.huggingface;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes as the Hub names things by them. Stateless. */
final class Hashes {
  private static final int BLOCK_BYTES = 64 << 10;

  private Hashes() {}

  static String sha1(byte[] first, byte[] second) {
    MessageDigest digest = of("SHA-1");
    digest.update(first);
    return HexFormat.of().formatHex(digest.digest(second));
  }

  /** Copies a stream and returns size and SHA-256 of what came. */
  static StoredPart copy(InputStream in, OutputStream out) {
    MessageDigest digest = of("SHA-256");
    byte[] block = new byte[BLOCK_BYTES];
    long size = 0;
    try {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        digest.update(block, 0, count);
        out.write(block, 0, count);
        size += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StoredPart(size, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has " + algorithm, e);
    }
  }
}
