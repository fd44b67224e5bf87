package dev.finetune4j.simulator.openai;

import dev.finetune4j.Time;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/** Settings of the builder; not changed after the simulator starts. */
final class Settings {
  Time time = Time.system();
  Dialect dialect = Dialect.openAi();
  SimulatedDurations durations = SimulatedDurations.standard();
  String apiKey = "sk-simulated-key";
  String adminKey = "sk-admin-simulated-key";
  String webhookSecret = "whsec_c2ltdWxhdGVkLXdlYmhvb2stc2VjcmV0";
  String organization = "simulated";
  int port;
  long seed = 1;
  long requestsPerMinute = Long.MAX_VALUE;
  long tokensPerMinute = Long.MAX_VALUE;
  Duration listLag = Duration.ZERO;
  boolean quotaExhausted;
  boolean trainingClosed;
  @Nullable Function<ChatQuestion, ChatAnswer> answering;
  @Nullable ToDoubleBiFunction<String, String> pythonGrader;
}
