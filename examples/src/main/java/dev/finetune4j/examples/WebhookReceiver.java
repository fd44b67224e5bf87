package dev.finetune4j.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.providerkit.webhook.WebhookEvent;
import dev.finetune4j.providerkit.webhook.WebhookRefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Receives OpenAI's notices about jobs: checks each signature and fetches the job. It uses the
 * JDK's own server; put one that speaks TLS in front of it.
 */
public final class WebhookReceiver {
  private static final int MOST_BYTES = 1 << 20;
  private static final String HELP =
      """
      WebhookReceiver: listens for OpenAI's notices about jobs on this machine.

        --port N          where it listens, on loopback (8080 if not given)
        --directory DIR   accepted, and not needed: nothing is written
        --help            this text

      Reads OPENAI_API_KEY and OPENAI_WEBHOOK_SECRET.
      """;

  private WebhookReceiver() {}

  /** Runs the example until it is ended. */
  public static void main(String[] args) throws IOException {
    ExampleArguments arguments = ExampleArguments.parse(args, "--port", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    int port = Integer.parseInt(arguments.find("--port").orElse("8080"));
    HttpServer server = start(OpenAiProvider.fromEnvironment(), port, System.out);
    System.out.println("Listening on " + server.getAddress() + "/webhook; Ctrl-C ends it.");
  }

  static HttpServer start(OpenAiProvider provider, int port, PrintStream out) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/webhook", exchange -> answer(exchange, provider, out));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, OpenAiProvider provider, PrintStream out)
      throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
      try {
        WebhookEvent event = provider.webhooks().read(exchange.getRequestHeaders(), body);
        // Answer first: OpenAI sends the notice again if it waits for long.
        exchange.sendResponseHeaders(200, -1);
        out.println(event.type() + " " + event.id());
        event.job().ifPresent(job -> out.println("   " + provider.job(job).refresh()));
      } catch (WebhookRefusedException refused) {
        out.println("refused: " + refused.getMessage());
        exchange.sendResponseHeaders(400, -1);
      }
    }
  }
}
