import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers each chat after a delay, any number at once, and records the largest number of open requests. Prints its port; ends when its
 * input ends. {@code GET /peak} returns the number and resets it. Argument: DELAY_MILLIS
 */
public final class SlowServer {
  private static final byte[] ANSWER =
      ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1767225600,"
              + "\"model\":\"gpt-4.1-mini\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
              + "\"assistant\",\"content\":\"flour, sugar, eggs\",\"refusal\":null},"
              + "\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,"
              + "\"completion_tokens\":6,\"total_tokens\":15}}")
          .getBytes(StandardCharsets.UTF_8);

  private SlowServer() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    long delay = Long.parseLong(arguments[0]);
    AtomicInteger held = new AtomicInteger();
    AtomicInteger peak = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_048);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = ANSWER;
          if (exchange.getRequestURI().getPath().equals("/peak")) {
            answer = Integer.toString(peak.getAndSet(0)).getBytes(StandardCharsets.UTF_8);
          } else {
            peak.accumulateAndGet(held.incrementAndGet(), Math::max);
            sleep(delay);
            held.decrementAndGet();
          }
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
