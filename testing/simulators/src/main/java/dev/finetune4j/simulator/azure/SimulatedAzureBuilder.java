package dev.finetune4j.simulator.azure;

import dev.finetune4j.Experimental;
import dev.finetune4j.Time;
import dev.finetune4j.simulator.openai.ChatQuestion;
import dev.finetune4j.simulator.openai.SimulatedDurations;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/** Describes a {@link SimulatedAzure} before it starts. Belongs to one thread. */
@Experimental
public final class SimulatedAzureBuilder {
  private final AzureSettings settings = new AzureSettings();

  SimulatedAzureBuilder() {}

  /** Sets the clock; the system's if not set. */
  public SimulatedAzureBuilder time(Time time) {
    settings.time = time;
    return this;
  }

  /** Sets the port; any free one if not set. */
  public SimulatedAzureBuilder port(int port) {
    settings.port = port;
    return this;
  }

  /** Sets how long files and jobs take. */
  public SimulatedAzureBuilder durations(SimulatedDurations durations) {
    settings.durations = durations;
    return this;
  }

  /**
   * Sets how long a deployment takes; 30 s and 3 minutes if not set.
   *
   * @param creating until the resource manager says that it succeeded
   * @param loading how long it takes after that until it answers
   */
  public SimulatedAzureBuilder deploying(Duration creating, Duration loading) {
    settings.creating = creating;
    settings.loading = loading;
    return this;
  }

  /** Sets the quota of one size of deployments; 1,000 of each if not set. */
  public SimulatedAzureBuilder quota(String sku, int capacity) {
    settings.quotas.put(sku, capacity);
    return this;
  }

  /** Sets how many files that never expire are kept; 500 if not set. */
  public SimulatedAzureBuilder mostFiles(int count) {
    settings.mostFiles = count;
    return this;
  }

  /** Sets which messages the content filter refuses; none if not set. */
  public SimulatedAzureBuilder filtering(Predicate<String> refused) {
    settings.filtered = refused;
    return this;
  }

  /**
   * Sets what all models answer. If not set, a tuned model gives the answer of the nearest example
   * of its training file, and a base says that it knows nothing.
   */
  public SimulatedAzureBuilder answering(Function<ChatQuestion, String> function) {
    settings.answering = function;
    return this;
  }

  /**
   * Starts it.
   *
   * @throws java.io.UncheckedIOException if the port is taken
   */
  public SimulatedAzure start() {
    return new SimulatedAzure(settings);
  }
}
