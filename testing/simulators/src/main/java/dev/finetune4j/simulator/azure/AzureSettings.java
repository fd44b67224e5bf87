package dev.finetune4j.simulator.azure;

import dev.finetune4j.Time;
import dev.finetune4j.simulator.openai.ChatQuestion;
import dev.finetune4j.simulator.openai.SimulatedDurations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Settings of the builder; not changed after the simulator starts. */
final class AzureSettings {
  static final String ACCOUNT = "simulated-account";
  static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
  static final String RESOURCE_GROUP = "simulated-group";
  static final String TENANT = "simulated-tenant";
  static final String CLIENT = "simulated-client";
  static final String LOCATION = "swedencentral";

  Time time = Time.system();
  SimulatedDurations durations =
      SimulatedDurations.standard().withFileProcessing(Duration.ofSeconds(10));
  Duration creating = Duration.ofSeconds(30);
  Duration loading = Duration.ofMinutes(3);
  String apiKey = "simulated-azure-key";
  String clientSecret = "simulated-client-secret";
  Map<String, Integer> quotas = new LinkedHashMap<>();
  int quota = 1_000;
  int port;
  int mostFiles = 500;
  Predicate<String> filtered = prompt -> false;
  @Nullable Function<ChatQuestion, String> answering;

  int quota(String sku) {
    return quotas.getOrDefault(sku, quota);
  }
}
