package dev.finetune4j.storage;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of JSON objects, one a line, to which lines are only ever added. Each line carries a
 * checksum of itself and is forced to the disk before {@link #append} returns. A last line that was
 * cut off by a crash is dropped when the file is opened. Not thread-safe.
 */
public final class RecordFile implements Closeable {
  private static final String CHECKSUM = "crc32c";

  private final RandomAccessFile access;
  private final List<JsonObject> records = new ArrayList<>();

  private RecordFile(RandomAccessFile access) {
    this.access = access;
  }

  /**
   * Opens a file, or starts it, and reads what is in it.
   *
   * @throws IOException if it cannot be opened
   * @throws JsonSyntaxException if a line other than an unfinished last one is damaged; the message
   *     names the line
   */
  public static RecordFile open(Path file) throws IOException {
    // Not a channel: an interrupt while one writes closes it, and cuts the line.
    RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw");
    try {
      RecordFile opened = new RecordFile(access);
      long good = readAll(file, opened.records);
      // What follows the last good line was never acknowledged: the crash came before the force.
      access.setLength(good);
      access.seek(good);
      return opened;
    } catch (IOException | RuntimeException e) {
      access.close();
      throw e;
    }
  }

  /**
   * Returns the records of a file that another process may be writing; a last line that is not
   * finished yet is left out. Changes nothing.
   *
   * @throws IOException if it cannot be read
   * @throws JsonSyntaxException if a line other than an unfinished last one is damaged; the message
   *     names the line
   */
  public static List<JsonObject> read(Path file) throws IOException {
    List<JsonObject> records = new ArrayList<>();
    readAll(file, records);
    return List.copyOf(records);
  }

  /** Returns the records in the order in which they were added. */
  public List<JsonObject> records() {
    return List.copyOf(records);
  }

  /** Adds a record; when this returns, it is on the disk. */
  public void append(JsonObject record) throws IOException {
    write(record);
    force();
    records.add(record);
  }

  /**
   * Adds a record that {@link #records()} does not show; it survives the end of the process, and a
   * crash of the machine only after {@link #force()}.
   */
  public void write(JsonObject record) throws IOException {
    JsonObject line = JsonObject.of(record.asMap()).put(CHECKSUM, checksum(record));
    access.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Brings all that was written to the disk; another thread may write meanwhile. */
  public void force() throws IOException {
    access.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    access.close();
  }

  /** Reads the good lines of a file, and returns how many bytes they take. */
  private static long readAll(Path file, List<JsonObject> records) throws IOException {
    byte[] content = Files.readAllBytes(file);
    int good = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        String line = new String(content, good, i - good, StandardCharsets.UTF_8);
        boolean last = i == content.length - 1;
        Optional<JsonObject> record = readLine(file, records.size() + 1, line, last);
        if (record.isEmpty()) {
          break;
        }
        records.add(record.get());
        good = i + 1;
      }
    }
    return good;
  }

  private static Optional<JsonObject> readLine(Path file, int number, String line, boolean last) {
    String fault;
    try {
      JsonObject record = Json.parseObject(line);
      String expected = record.requireString(CHECKSUM);
      record.asMap().remove(CHECKSUM);
      if (checksum(record).equals(expected)) {
        return Optional.of(record);
      }
      fault = "its checksum does not fit";
    } catch (JsonSyntaxException damaged) {
      fault = String.valueOf(damaged.getMessage());
    }
    if (last) {
      return Optional.empty();
    }
    throw new JsonSyntaxException("Line " + number + " of " + file + " is damaged: " + fault + ".");
  }

  private static String checksum(JsonObject record) {
    CRC32C crc = new CRC32C();
    crc.update(Json.writeCanonical(record.asMap()).getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
