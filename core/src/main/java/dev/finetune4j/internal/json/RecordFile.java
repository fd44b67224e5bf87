package dev.finetune4j.internal.json;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private final FileChannel channel;
  private final List<JsonObject> records = new ArrayList<>();

  private RecordFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file, or starts it, and reads what is in it.
   *
   * @throws IOException if it cannot be opened
   * @throws JsonSyntaxException if a line other than an unfinished last one is damaged; the message
   *     names the line
   */
  public static RecordFile open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      RecordFile opened = new RecordFile(file, channel);
      opened.readAll();
      return opened;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns the records in the order in which they were added. */
  public List<JsonObject> records() {
    return List.copyOf(records);
  }

  /** Adds a record; when this returns, it is on the disk. */
  public void append(JsonObject record) throws IOException {
    JsonObject line = JsonObject.of(record.asMap()).put(CHECKSUM, checksum(record));
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    records.add(record);
  }

  @Override
  public void close() throws IOException {
    channel.close();
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
    channel.truncate(good);
    channel.position(good);
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
