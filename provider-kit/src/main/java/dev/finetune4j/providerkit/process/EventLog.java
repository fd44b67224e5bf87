package dev.finetune4j.providerkit.process;

import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.JobEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of a job's events: one writer appends whole lines, any number of readers continue from a
 * byte offset. A line whose end is missing is not there yet for a reader, and is cut by the next
 * writer. The writing side is thread-safe.
 */
final class EventLog implements AutoCloseable {
  private static final int PAGE_BYTES = 256 * 1024;

  private final FileChannel channel;

  private EventLog(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens the file for appending, cutting off a last line that was only half written. */
  static EventLog append(Path file) throws IOException {
    try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
      long whole = random.length();
      while (whole > 0) {
        random.seek(whole - 1);
        if (random.read() == '\n') {
          break;
        }
        whole--;
      }
      if (whole < random.length()) {
        random.setLength(whole);
      }
    }
    return new EventLog(FileChannel.open(file, StandardOpenOption.APPEND));
  }

  synchronized void write(JobEvent event) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((EventCodec.encode(event) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }

  /** Returns the whole lines from the offset that {@code cursor} names, at most a page of them. */
  static EventPage read(Path file, Optional<String> cursor) throws IOException {
    long offset = cursor.map(Long::parseLong).orElse(0L);
    if (!Files.exists(file)) {
      return new EventPage(List.of(), cursor, true);
    }
    try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "r")) {
      long length = random.length();
      if (offset >= length) {
        return new EventPage(List.of(), cursor, true);
      }
      int room = PAGE_BYTES;
      byte[] bytes = readAt(random, offset, (int) Math.min(room, length - offset));
      while (lastLineEnd(bytes) < 0 && offset + bytes.length < length) {
        // One line is longer than a page: take more until its end is in sight.
        room *= 2;
        bytes = readAt(random, offset, (int) Math.min(room, length - offset));
      }
      int end = lastLineEnd(bytes) + 1;
      boolean complete = offset + bytes.length >= length;
      return new EventPage(
          decode(bytes, end, offset), Optional.of(Long.toString(offset + end)), complete);
    }
  }

  /** Returns every event that is wholly written, repeated ones too. */
  static List<JobEvent> readAll(Path file) throws IOException {
    List<JobEvent> events = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    EventPage page;
    do {
      page = read(file, cursor);
      events.addAll(page.events());
      cursor = page.cursor();
    } while (!page.complete());
    return events;
  }

  private static List<JobEvent> decode(byte[] bytes, int end, long offset) {
    List<JobEvent> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        if (!line.isBlank()) {
          events.add(EventCodec.decode(line, "line-at-" + (offset + start)));
        }
        start = i + 1;
      }
    }
    return events;
  }

  private static byte[] readAt(RandomAccessFile file, long offset, int count) throws IOException {
    byte[] bytes = new byte[count];
    file.seek(offset);
    file.readFully(bytes);
    return bytes;
  }

  private static int lastLineEnd(byte[] bytes) {
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
