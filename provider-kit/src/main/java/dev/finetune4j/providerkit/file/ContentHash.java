package dev.finetune4j.providerkit.file;

import dev.finetune4j.dataset.DataFileException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of uploaded content. Stateless. */
final class ContentHash {
  private static final int BLOCK_BYTES = 64 << 10;

  private ContentHash() {}

  /** Returns the MD5 of a file in lower-case hexadecimal, by which a service checks the whole. */
  static String md5(FileUpload upload) {
    MessageDigest digest = of("MD5");
    try (InputStream in = new FileInputStream(upload.file().toFile())) {
      byte[] block = new byte[BLOCK_BYTES];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    } catch (IOException e) {
      throw new DataFileException("read", upload.file(), e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm + ".", e);
    }
  }
}
