package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Settings of the builder; not changed after the simulator starts. */
final class HubSettings {
  Time time = Time.system();
  String token = "hf_simulatedtoken";
  String user = "simulated";
  int port;
  long seed = 1;
  long requestsPerWindow = Long.MAX_VALUE;
  long largeFileBytes = 10_000;
  long partBytes = 5_000_000;
  boolean discarding;
  BiFunction<String, String, String> answers = (model, question) -> "It is " + model + ".";
  final List<String> hosted = new ArrayList<>();
  int longestCell = Integer.MAX_VALUE;
  Duration preparing = Duration.ZERO;
  final Set<String> gated = new HashSet<>();
  Duration scheduling = Duration.ofSeconds(15);
  Function<JobOrder, HubJobScenario> jobs = order -> HubJobScenario.of(Duration.ofMinutes(10));
  Function<JobOrder, HubJobScenario> spaces = order -> HubJobScenario.of(Duration.ofMinutes(10));
  Duration starting = Duration.ofMinutes(2);
}
