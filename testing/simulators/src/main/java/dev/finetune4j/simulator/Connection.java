package dev.finetune4j.simulator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** One connection of a client: reads requests and writes answers until either side ends it. */
final class Connection implements Runnable {
  private final Socket socket;
  private final SimulatedService service;
  private final Consumer<Connection> atEnd;

  Connection(Socket socket, SimulatedService service, Consumer<Connection> atEnd) {
    this.socket = socket;
    this.service = service;
    this.atEnd = atEnd;
  }

  @Override
  public void run() {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 65_536);
      boolean more;
      do {
        more = exchange(in, out);
      } while (more);
    } catch (IOException ended) {
      // The client disconnected, or did not send HTTP: no answer can be sent.
    } finally {
      atEnd.accept(this);
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It was closed before, which is all that was wanted.
    }
  }

  /** Answers one request and returns whether another may follow. */
  private boolean exchange(InputStream in, OutputStream out) throws IOException {
    HeadReader reader = new HeadReader(in::read);
    String[] start = reader.line().split(" ", 3);
    if (start.length != 3) {
      return false;
    }
    Map<String, String> headers = reader.headers();
    if ("100-continue".equalsIgnoreCase(headers.get("Expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    BodyInput body = body(reader, in, headers);
    SimulatedRequest request = SimulatedRequest.read(start[0], start[1], headers, body);
    Delivery delivery = service.serve(request);
    if (delivery.way() == Delivery.Way.RESET) {
      socket.setSoLinger(true, 0);
      return false;
    }
    body.drain();
    if (delivery.way() == Delivery.Way.LOST) {
      return false;
    }
    boolean more = new ResponseWriter(out).write(request.method(), delivery);
    return more && !"close".equalsIgnoreCase(headers.get("Connection"));
  }

  private static BodyInput body(HeadReader reader, InputStream in, Map<String, String> headers)
      throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
      return BodyInput.inChunks(reader, in);
    }
    try {
      long length = Long.parseLong(headers.getOrDefault("Content-Length", "0"));
      return BodyInput.ofLength(reader, in, length);
    } catch (NumberFormatException e) {
      throw new IOException("The length of a body is no number.", e);
    }
  }
}
