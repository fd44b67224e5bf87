package dev.finetune4j.providerkit.file;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program that takes files in one request or in parts, throws their bytes away and counts them.
 * Prints its port, and at each end of an upload how many bytes had come. Ends with its input.
 */
public final class DiscardingServerMain {
  private static final AtomicLong RECEIVED = new AtomicLong();

  private DiscardingServerMain() {}

  /** Runs until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext("/", DiscardingServerMain::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // The parent keeps the pipe open for as long as it wants the server.
    }
    server.stop(0);
    System.exit(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    long bytes = discard(exchange.getRequestBody());
    String body = "{\"id\":\"file-1\",\"data\":[]}";
    if (path.endsWith("/parts") || exchange.getRequestMethod().equals("POST")) {
      RECEIVED.addAndGet(bytes);
      body = "{\"id\":\"part-" + RECEIVED.get() + "\",\"file\":{\"id\":\"file-2\"}}";
    }
    if (path.endsWith("/complete") || (path.endsWith("/files") && bytes > 0)) {
      System.err.println("server: " + path + " after " + RECEIVED.getAndSet(0) + " bytes");
    }
    byte[] answer = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static long discard(InputStream in) throws IOException {
    byte[] block = new byte[1 << 16];
    long bytes = 0;
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      bytes += read;
    }
    return bytes;
  }
}
