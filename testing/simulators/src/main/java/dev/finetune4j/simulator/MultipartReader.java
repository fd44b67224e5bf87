package dev.finetune4j.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a multipart/form-data body piece by piece (RFC 7578), so that a file of any size passes
 * through 64 KiB of memory.
 */
final class MultipartReader {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILENAME = Pattern.compile("filename=\"([^\"]*)\"");
  private static final int BUFFER_BYTES = 65_536;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int start;
  private int end;
  private boolean ended;

  private MultipartReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first boundary has no line before it; with one it looks like all others.
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
  }

  static MultipartForm read(String contentType, InputStream body, ContentStore store)
      throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, MultipartForm.FormFile> files = new LinkedHashMap<>();
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (contentType.startsWith("multipart/") && boundary.find()) {
      MultipartReader reader = new MultipartReader(body, boundary.group(1));
      reader.copyUntilDelimiter(OutputStream.nullOutputStream());
      while (reader.startsPart()) {
        reader.part(fields, files, store);
      }
    }
    return new MultipartForm(fields, files);
  }

  private void part(
      Map<String, String> fields, Map<String, MultipartForm.FormFile> files, ContentStore store)
      throws IOException {
    Map<String, String> headers = new HeadReader(this::next).headers();
    String disposition = utf8(headers.getOrDefault("Content-Disposition", ""));
    Matcher name = NAME.matcher(disposition);
    Matcher filename = FILENAME.matcher(disposition);
    if (!name.find()) {
      throw new IOException("A part of the form has no name.");
    }
    if (filename.find()) {
      try (ContentStore.Sink sink = store.sink()) {
        copyUntilDelimiter(sink);
        String type = headers.getOrDefault("Content-Type", "application/octet-stream");
        files.put(
            name.group(1), new MultipartForm.FormFile(filename.group(1), type, sink.content()));
      }
    } else {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      copyUntilDelimiter(text);
      fields.put(name.group(1), text.toString(StandardCharsets.UTF_8));
    }
  }

  /** Passes a boundary's line end; returns false at the last boundary. */
  private boolean startsPart() throws IOException {
    int first = next();
    int second = next();
    return first == '\r' && second == '\n';
  }

  private void copyUntilDelimiter(OutputStream target) throws IOException {
    while (true) {
      int found = find();
      if (found >= 0) {
        target.write(buffer, start, found - start);
        start = found + delimiter.length;
        return;
      }
      int safe = Math.max(start, end - delimiter.length + 1);
      target.write(buffer, start, safe - start);
      start = safe;
      if (!fill()) {
        throw new IOException("The form ends inside a part.");
      }
    }
  }

  private int find() {
    int last = end - delimiter.length;
    for (int i = start; i <= last; i++) {
      if (buffer[i] == '\r' && matchesAt(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean matchesAt(int position) {
    for (int i = 1; i < delimiter.length; i++) {
      if (buffer[position + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    int count = ended ? -1 : in.read(buffer, end, buffer.length - end);
    ended = count < 0;
    end += Math.max(count, 0);
    return !ended;
  }

  private int next() throws IOException {
    if (start == end && !fill()) {
      return -1;
    }
    return buffer[start++] & 0xff;
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
