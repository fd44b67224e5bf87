package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.Time;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Describes a {@link SimulatedHub} before it starts. Belongs to one thread. */
@Experimental
public final class SimulatedHubBuilder {
  private final HubSettings settings = new HubSettings();

  SimulatedHubBuilder() {}

  /** Sets the clock; the system's if not set. */
  public SimulatedHubBuilder time(Time time) {
    settings.time = time;
    return this;
  }

  /** Sets the port of the Hub; any free one if not set. */
  public SimulatedHubBuilder port(int port) {
    settings.port = port;
    return this;
  }

  /** Sets the token that requests must carry. */
  public SimulatedHubBuilder token(String token) {
    settings.token = token;
    return this;
  }

  /** Sets whose token it is. */
  public SimulatedHubBuilder user(String name) {
    settings.user = name;
    return this;
  }

  /** Sets the seed of ids and random faults; 1 if not set. */
  public SimulatedHubBuilder seed(long seed) {
    settings.seed = seed;
    return this;
  }

  /** Limits the requests of each window of 5 minutes; what is over gets 429. */
  public SimulatedHubBuilder requestsPerWindow(long limit) {
    settings.requestsPerWindow = limit;
    return this;
  }

  /** Sets from which size on a file is a large one; 10,000 bytes if not set. */
  public SimulatedHubBuilder largeFileBytes(long bytes) {
    settings.largeFileBytes = bytes;
    return this;
  }

  /** Sets how long the parts are of a large file that is longer; 5,000,000 bytes if not set. */
  public SimulatedHubBuilder partBytes(long bytes) {
    settings.partBytes = bytes;
    return this;
  }

  /** Lets large files be hashed and forgotten, so that any amount can be stored. */
  public SimulatedHubBuilder discardingLargeFiles() {
    settings.discarding = true;
    return this;
  }

  /** Sets from how many characters on the server of data sets cuts a value; never if not set. */
  public SimulatedHubBuilder longestCell(int characters) {
    settings.longestCell = characters;
    return this;
  }

  /** Sets how long the server of data sets needs before it shows rows; no time if not set. */
  public SimulatedHubBuilder preparing(Duration duration) {
    settings.preparing = duration;
    return this;
  }

  /**
   * Sets what models say, wherever they are served, to the last message of a question; "It is" and
   * their name if not set.
   *
   * @param byModelAndQuestion must be thread-safe
   */
  public SimulatedHubBuilder answers(BiFunction<String, String, String> byModelAndQuestion) {
    settings.answers = byModelAndQuestion;
    return this;
  }

  /** Adds a model that the router lists and answers for; for any model if none is added. */
  public SimulatedHubBuilder hosted(String model) {
    settings.hosted.add(model);
    return this;
  }

  /** Lets access to a repository be something that must be asked for. */
  public SimulatedHubBuilder gated(String name) {
    settings.gated.add(name);
    return this;
  }

  /** Sets how each job goes; 10 minutes without a word if not set. */
  public SimulatedHubBuilder jobs(Function<JobOrder, HubJobScenario> courses) {
    settings.jobs = courses;
    return this;
  }

  /**
   * Sets how the program of each Space runs; the function receives its variables. Default: 10
   * minutes without a log line. A program that succeeds pauses its Space.
   */
  public SimulatedHubBuilder spaces(Function<JobOrder, HubJobScenario> courses) {
    settings.spaces = courses;
    return this;
  }

  /** Sets how long a job waits for a machine; 15 seconds if not set. A Space is built as long. */
  public SimulatedHubBuilder scheduling(Duration duration) {
    settings.scheduling = duration;
    return this;
  }

  /** Sets how long an endpoint, or a server in a job, takes to start; 2 minutes if not set. */
  public SimulatedHubBuilder starting(Duration duration) {
    settings.starting = duration;
    return this;
  }

  /**
   * Starts it.
   *
   * @throws java.io.UncheckedIOException if the port is taken
   */
  public SimulatedHub start() {
    return new SimulatedHub(settings);
  }
}
