import dev.finetune4j.ModelReference;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.openai.OpenAiProvider;
import dev.finetune4j.providerkit.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Sends many chats at once, each on its own virtual thread, and counts the pinned threads with Flight Recorder. Some chats go
 * first, because the JVM pins every thread that waits for another thread to load or initialize a class. Fails if a thread was pinned or
 * the chats took too long. Arguments: SERVER CHATS LONGEST_SECONDS
 */
public final class ChatsAtOnce {
  private static final String PINNED = "jdk.VirtualThreadPinned";
  private static final int FIRST = 100;

  private ChatsAtOnce() {}

  /** A virtual thread that sleeps in a static initializer is always pinned. */
  private static final class PinnedOnPurpose {
    static {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    static void load() {}
  }

  public static void main(String[] arguments) throws Exception {
    String server = arguments[0];
    int chats = Integer.parseInt(arguments[1]);
    Duration longest = Duration.ofSeconds(Long.parseLong(arguments[2]));

    int seen = pinned(() -> Thread.ofVirtual().start(PinnedOnPurpose::load).join()).size();
    if (seen == 0) {
      throw new IllegalStateException("Flight Recorder misses threads that are pinned on purpose.");
    }

    HttpSettings http = HttpSettings.builder().concurrentRequests(chats).build();
    long[] took = new long[1];
    List<RecordedEvent> events;
    try (OpenAiProvider provider =
        OpenAiProvider.builder().apiKey(() -> "sk-x").baseUrl(server + "/v1").http(http).build()) {
      ChatModel model = provider.chatModel(new ModelReference(OpenAiProvider.ID, "gpt-4.1-mini")).orElseThrow();
      chat(model, 1);
      chat(model, FIRST);
      events = pinned(() -> took[0] = chat(model, chats));
    }
    Duration wall = Duration.ofNanos(took[0]);
    System.out.printf(
        "JDK %s, %d chats at once: %.2f s, %s at the server at one time, %d pinned (%d on purpose before, as a check)%n",
        Runtime.version(), chats, wall.toMillis() / 1e3, peak(server), events.size(), seen);
    events.forEach(System.out::println);
    System.exit(events.isEmpty() && wall.compareTo(longest) <= 0 ? 0 : 1);
  }

  private static long chat(ChatModel model, int chats) throws Exception {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < chats; i++) {
        answers.add(threads.submit(() -> model.chat(ChatRequest.of("Hello")).text()));
      }
      for (Future<String> answer : answers) {
        answer.get();
      }
    }
    return System.nanoTime() - start;
  }

  /** What is measured. */
  private interface Action {
    void run() throws Exception;
  }

  private static List<RecordedEvent> pinned(Action action) throws Exception {
    Path file = Files.createTempFile("pinned", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      action.run();
      recording.stop();
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(PINNED))
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  private static String peak(String server) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/peak")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
