package dev.finetune4j.providerkit.file;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.format.ExampleCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.stream.Stream;

/** A data set as a temporary JSONL file; closing deletes it. */
record JsonlCopy(Path file, String name) implements AutoCloseable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int LONGEST_NAME = 60;
  private static final int DIGITS = 16;

  /** Writes the examples, one a line. */
  static <E extends Example> JsonlCopy write(
      Dataset<E> data, ExampleCodec<E> codec, boolean byteOrderMark) {
    Path file = temporary();
    boolean whole = false;
    try {
      String hash = write(data, codec, new Target(file, byteOrderMark));
      whole = true;
      return new JsonlCopy(file, plain(data.name()) + "-" + hash.substring(0, DIGITS) + ".jsonl");
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    } finally {
      if (!whole) {
        delete(file);
      }
    }
  }

  private record Target(Path file, boolean byteOrderMark) {}

  private static <E extends Example> String write(
      Dataset<E> data, ExampleCodec<E> codec, Target target) throws IOException {
    MessageDigest digest = ContentHash.of("SHA-256");
    try (Stream<E> examples = data.examples();
        OutputStream out =
            new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(target.file()), 1 << 16), digest)) {
      if (target.byteOrderMark()) {
        out.write(BYTE_ORDER_MARK);
      }
      for (Iterator<E> each = examples.iterator(); each.hasNext(); ) {
        out.write((codec.encode(each.next()) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns what is left of a name in letters, digits, dots and dashes. */
  private static String plain(String name) {
    String ascii =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("(?i)\\.jsonl?$", "")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[-.]+|[-.]+$", "");
    String some = ascii.isEmpty() ? "data" : ascii;
    return some.substring(0, Math.min(LONGEST_NAME, some.length()));
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("finetune4j-", ".jsonl");
    } catch (IOException e) {
      throw new DataFileException("write", Path.of("a temporary file"), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new DataFileException("delete", file, e);
    }
  }

  @Override
  public void close() {
    delete(file);
  }
}
