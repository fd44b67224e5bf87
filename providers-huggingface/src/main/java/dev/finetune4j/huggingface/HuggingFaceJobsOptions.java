package dev.finetune4j.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.Time;
import dev.finetune4j.huggingface.internal.endpoint.EndpointAccess;
import dev.finetune4j.huggingface.internal.job.JobsSettings;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.providerkit.HttpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link HuggingFaceProvider#onJobs} and {@link AutoTrainProvider#onSpaces}. The
 * defaults are a {@code t4-small} machine for at most 4 hours, and the public services. Not
 * thread-safe.
 *
 * @param <P> the provider that {@link #build} returns
 */
@Experimental
public final class HuggingFaceJobsOptions<P extends FineTuningProvider> {
  private static final URI HUB = URI.create("https://huggingface.co");
  private static final URI ROUTER = URI.create("https://router.huggingface.co/v1");

  private static final Duration ONE_HOUR = Duration.ofHours(1);

  private final Supplier<String> token;
  private final Function<HuggingFaceJobsOptions<P>, P> factory;
  private @Nullable String namespace;
  private String flavor = "t4-small";
  private Duration timeout = Duration.ofHours(4);
  private String image = JobsSettings.IMAGE;
  private Serving serving = new Serving(null, ONE_HOUR, false);
  private URI hub = HUB;
  private URI endpointsApi = EndpointAccess.URL;
  private URI router = ROUTER;
  private @Nullable Path cache;
  private Time time = Time.system();
  private HttpSettings http = HttpSettings.standard();

  HuggingFaceJobsOptions(Supplier<String> token, Function<HuggingFaceJobsOptions<P>, P> factory) {
    this.token = Objects.requireNonNull(token, "token");
    this.factory = factory;
  }

  /**
   * Sets the account that owns jobs, repositories and endpoints and is billed; the token's account
   * if not set.
   */
  public HuggingFaceJobsOptions<P> namespace(String owner) {
    namespace = owner;
    return this;
  }

  /** Sets the machine, by the service's name for it. */
  public HuggingFaceJobsOptions<P> flavor(String name) {
    flavor = name;
    return this;
  }

  /** Sets the time after which the service ends a job, which limits its cost. */
  public HuggingFaceJobsOptions<P> timeout(Duration longest) {
    timeout = longest;
    return this;
  }

  /** Sets the Docker image of jobs; it must contain {@code uv}. */
  public HuggingFaceJobsOptions<P> image(String name) {
    image = name;
    return this;
  }

  /**
   * Sets the machine of endpoints whose deployments name none, as in plans for several providers: 0
   * to 1 replicas, billed while one runs. If not set, such deployments are refused.
   *
   * @param instance the service's name of the machine, such as {@code nvidia-l4-x1}
   */
  public HuggingFaceJobsOptions<P> servingOn(String instance) {
    serving = new Serving(instance, ONE_HOUR, false);
    return this;
  }

  /**
   * Serves models from jobs instead of endpoints: vLLM on one machine of Jobs, the cheapest way to
   * evaluate a model. Deleting such a deployment cancels its job, and the service always ends the
   * job after {@code longest}.
   *
   * @param machine the machine of deployments that name none, such as {@code a10g-small}
   * @param longest the longest time a job may run; at least a minute, and longer than the
   *     evaluation takes
   */
  public HuggingFaceJobsOptions<P> servingOnJobs(String machine, Duration longest) {
    serving = new Serving(machine, longest, true);
    return this;
  }

  /**
   * How jobs serve models.
   *
   * @param machine the machine of deployments that name none; null if deployments must name one
   * @param longest the longest time a job may run
   */
  record Serving(@Nullable String machine, Duration longest, boolean isOnJobs) {}

  /** Sets the address of the Hub. */
  public HuggingFaceJobsOptions<P> hub(URI address) {
    hub = address;
    return this;
  }

  /** Sets the address of the endpoint management API, including the version. */
  public HuggingFaceJobsOptions<P> endpointsApi(URI address) {
    endpointsApi = address;
    return this;
  }

  /** Sets the address of the router for base models, including {@code /v1}. */
  public HuggingFaceJobsOptions<P> router(URI address) {
    router = address;
    return this;
  }

  /** Sets the folder of the Hub cache; the Python client's if not set. */
  public HuggingFaceJobsOptions<P> cache(Path folder) {
    cache = folder;
    return this;
  }

  /** Sets the clock; the system clock if not set. */
  public HuggingFaceJobsOptions<P> time(Time clock) {
    time = clock;
    return this;
  }

  /**
   * Sets timeouts, retries, proxy, TLS, headers, the HTTP client and resilience4j's registries;
   * {@link HttpSettings#standard()} if not set. They hold for the Hub, Jobs, Spaces, endpoints and
   * the router.
   */
  public HuggingFaceJobsOptions<P> http(HttpSettings settings) {
    http = Objects.requireNonNull(settings, "http");
    return this;
  }

  /** Returns the provider. No request; reads what a log-in of the Python client has left. */
  public P build() {
    return factory.apply(this);
  }

  String token() {
    return token.get();
  }

  @Nullable String namespace() {
    return namespace;
  }

  String flavor() {
    return flavor;
  }

  Duration timeout() {
    return timeout;
  }

  String image() {
    return image;
  }

  Serving serving() {
    return serving;
  }

  URI hub() {
    return hub;
  }

  URI endpointsApi() {
    return endpointsApi;
  }

  URI router() {
    return router;
  }

  @Nullable Path cache() {
    return cache;
  }

  Time time() {
    return time;
  }

  HttpSettings http() {
    return http;
  }
}
