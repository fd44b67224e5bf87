package dev.finetune4j.internal.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of JSON objects, one a line, to which lines are only ever added. Each line carries a
 * checksum of itself and is forced to the disk before {@link #append} returns. A last line that was
 * cut off by a crash is dropped when the file is opened. Not thread-safe.
 */
public final class RecordFile implements Closeable {
  private static final String CHECKSUM = "crc32c";

  private final Path file;
  private final RandomAccessFile access;
  private final List<JsonObject> records = new ArrayList<>();

  private RecordFile(Path file, RandomAccessFile access) {
    this.file = file;
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
      RecordFile opened = new RecordFile(file, access);
      opened.readAll();
      return opened;
    } catch (IOException | RuntimeException e) {
      access.close();
      throw e;
    }
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

  private void readAll() throws IOException {
    byte[] content = Files.readAllBytes(file);
    int start = 0;
    int good = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        String line = new String(content, start, i - start, StandardCharsets.UTF_8);
        boolean last = i == content.length - 1;
        if (!readLine(line, last)) {
          break;
        }
        start = i + 1;
        good = start;
      }
    }
    // What follows the last good line was never acknowledged: the crash came before the force.
    access.setLength(good);
    access.seek(good);
  }

  private boolean readLine(String line, boolean last) {
    try {
      JsonObject record = Json.parseObject(line);
      String expected = record.requireString(CHECKSUM);
      record.asMap().remove(CHECKSUM);
      if (checksum(record).equals(expected)) {
        records.add(record);
        return true;
      }
    } catch (JsonSyntaxException damaged) {
      if (!last) {
        throw broken(String.valueOf(damaged.getMessage()));
      }
      return false;
    }
    if (!last) {
      throw broken("its checksum does not fit");
    }
    return false;
  }

  private JsonSyntaxException broken(String why) {
    return new JsonSyntaxException(
        "Line " + (records.size() + 1) + " of " + file + " is damaged: " + why + ".");
  }

  private static String checksum(JsonObject record) {
    CRC32C crc = new CRC32C();
    crc.update(Json.writeCanonical(record.asMap()).getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
