import dev.finetune4j.simulator.openai.SimulatedOpenAi;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The simulator in a JVM of its own. It writes its address to a file, and each question to another file before it answers. It ends when its
 * standard input ends. Arguments: ADDRESS_FILE ASKED_FILE LONGEST_PAUSE_MILLIS
 */
final class SimulatedService {
  private SimulatedService() {}

  public static void main(String[] arguments) throws Exception {
    Path address = Path.of(arguments[0]);
    int longest = Integer.parseInt(arguments[2]);
    try (BufferedWriter asked = Files.newBufferedWriter(Path.of(arguments[1]));
        SimulatedOpenAi service =
            SimulatedOpenAi.builder()
                .answering(
                    question -> {
                      String prompt = question.prompt();
                      write(asked, prompt);
                      pause(longest);
                      return "The answer to " + prompt;
                    })
                .start()) {
      Path draft = address.resolveSibling("address.draft");
      Files.writeString(draft, service.baseUrl() + "\n" + service.apiKey() + "\n");
      Files.move(draft, address);
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }

  private static void write(BufferedWriter asked, String prompt) {
    try {
      synchronized (asked) {
        asked.write(prompt + "\n");
        asked.flush();
      }
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(int longest) {
    if (longest > 0) {
      try {
        Thread.sleep(ThreadLocalRandom.current().nextInt(longest + 1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
