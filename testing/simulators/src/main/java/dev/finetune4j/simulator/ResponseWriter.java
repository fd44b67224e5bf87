package dev.finetune4j.simulator;

import dev.finetune4j.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Writes one response in HTTP/1.1: complete, slow or cut, as its delivery says. */
final class ResponseWriter {
  private static final int SLICES_PER_SECOND = 20;

  private final OutputStream out;

  ResponseWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes the answer and returns whether the connection can be reused. */
  boolean write(String method, Delivery delivery) throws IOException {
    SimulatedResponse answer = delivery.answer();
    List<StoredContent> pieces = answer.pieces();
    long length = pieces.stream().mapToLong(StoredContent::size).sum();
    boolean stream = answer.isStream();
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Simulated\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    // An answer without content must not tell a length either (RFC 9110, 15.3.5).
    boolean empty = answer.status() == 204;
    if (!empty) {
      head.append(stream ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + length + "\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (empty || method.equals("HEAD")) {
      out.flush();
      return true;
    }
    boolean cut = delivery.way() == Delivery.Way.CUT;
    long budget = cut ? delivery.amount() : Long.MAX_VALUE;
    for (StoredContent piece : pieces) {
      budget -= write(piece, stream, budget, delivery);
    }
    if (stream && !cut) {
      ascii("0\r\n\r\n");
    }
    out.flush();
    return !cut;
  }

  private long write(StoredContent piece, boolean chunked, long budget, Delivery delivery)
      throws IOException {
    long left = Math.min(piece.size(), budget);
    if (left == 0) {
      return 0;
    }
    if (chunked) {
      ascii(Long.toHexString(piece.size()) + "\r\n");
    }
    boolean slow = delivery.way() == Delivery.Way.SLOW;
    byte[] buffer = new byte[slow ? sliceBytes(delivery) : 65_536];
    try (InputStream in = piece.open()) {
      for (long toGo = left; toGo > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, toGo));
        if (count < 0) {
          throw new IOException("A kept content is shorter than it was.");
        }
        out.write(buffer, 0, count);
        toGo -= count;
        if (slow) {
          pause();
        }
      }
    }
    if (chunked && left == piece.size()) {
      ascii("\r\n");
      out.flush();
    }
    return left;
  }

  private static int sliceBytes(Delivery delivery) {
    return (int) Math.max(1, Math.min(65_536, delivery.amount() / SLICES_PER_SECOND));
  }

  private void pause() throws IOException {
    out.flush();
    try {
      Time.system().sleep(Duration.ofMillis(1000 / SLICES_PER_SECOND));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The simulator was closed.");
    }
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
