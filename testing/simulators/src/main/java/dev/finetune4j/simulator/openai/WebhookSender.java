package dev.finetune4j.simulator.openai;

import dev.finetune4j.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;

/** Makes and sends the webhook events of jobs. Thread-safe. */
final class WebhookSender {
  private final State state;

  WebhookSender(State state) {
    this.state = state;
  }

  SignedEvent of(String jobId) {
    Settings settings = state.settings;
    synchronized (state) {
      Instant now = state.advance();
      SimulatedJob job = state.jobs.get(jobId);
      if (job == null || !job.phase().isTerminal()) {
        throw new IllegalStateException("There is an event of a job once it has ended: " + jobId);
      }
      JsonObject event =
          JsonObject.empty()
              .put("id", state.ids.next("evt_", 24))
              .put("object", "event")
              .put("created_at", now.getEpochSecond())
              .put("type", "fine_tuning.job." + job.word())
              .put("data", Map.of("id", jobId));
      String delivery = state.ids.next("wh_", 24);
      return SignedEvent.sign(settings.webhookSecret, delivery, now, event.toString());
    }
  }

  static int send(SignedEvent event, URI receiver) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(receiver)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event.body()));
    event.headers().forEach(request::header);
    try {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
