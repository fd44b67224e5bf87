package dev.finetune4j.simulator.azure;

import dev.finetune4j.Experimental;
import dev.finetune4j.simulator.Delivery;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.Faults;
import dev.finetune4j.simulator.LoopbackServer;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.openai.OpenAiParts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Azure OpenAI on loopback, with a memory: both faces of the data plane, the resource manager and
 * the sign-in service, each with its own credential.
 *
 * <pre>{@code
 * FakeClock time = new FakeClock();
 * try (SimulatedAzure azure = SimulatedAzure.builder().time(time).start()) {
 *   AzureProvider provider = AzureProvider.fromEnvironment(azure.environment());
 *   // ... train, deploy and ask ...
 *   time.advance(Duration.ofHours(25));             // deletes a developer deployment
 *   assertThat(azure.deploymentNames()).isEmpty();
 * }
 * }</pre>
 *
 * <p>A deployment is "Creating" for a while, then "Succeeded" and still unknown to the data plane,
 * then answers; it is limited to its capacity in requests a minute, and while one is being made or
 * taken away, changes of the account are refused with 409. Costs no money and reaches no network.
 * Thread-safe.
 */
@Experimental
public final class SimulatedAzure implements AutoCloseable {
  private final AzureSettings settings;
  private final OpenAiParts parts;
  private final SimulatedDeployments deployments;
  private final Tokens tokens;
  private final Faults faults = new Faults(1);
  private final Dispatch v1;
  private final Dispatch project;
  private final Dispatch classic;
  private final Dispatch management;
  private final Dispatch signIn;
  private final LoopbackServer server;

  SimulatedAzure(AzureSettings settings) {
    this.settings = settings;
    parts =
        new OpenAiParts(settings.time, new AzureDialect(), settings.durations, settings.answering);
    deployments = new SimulatedDeployments(settings, parts);
    tokens = new Tokens(settings);
    DataPlane data = new DataPlane(settings, parts, deployments);
    Map<String, String> types = data.trainingTypes();
    DataPlaneFilter newer = new DataPlaneFilter(settings, tokens, types, false);
    DataPlaneFilter older = new DataPlaneFilter(settings, tokens, types, true);
    v1 = new Dispatch(List.of("openai", "v1"), data.v1(), newer, faults);
    List<String> below = List.of("api", "projects", "simulated-project", "openai", "v1");
    project = new Dispatch(below, data.v1(), newer, faults);
    classic = new Dispatch(List.of("openai"), data.classic(), older, faults);
    Routes resources = new Routes();
    ResourceManager manager = new ResourceManager(settings, tokens, deployments);
    manager.addTo(resources);
    management = new Dispatch(List.of(), resources, manager, faults);
    Routes signing = new Routes();
    tokens.addTo(signing);
    signIn = new Dispatch(List.of(), signing, tokens, faults);
    server = LoopbackServer.start(settings.port, this::serve);
  }

  /** Starts describing a simulator. */
  public static SimulatedAzureBuilder builder() {
    return new SimulatedAzureBuilder();
  }

  private Delivery serve(SimulatedRequest request) {
    String path = request.path();
    if (path.startsWith("/subscriptions/")) {
      return management.serve(request);
    } else if (path.endsWith("/token")) {
      return signIn.serve(request);
    } else if (path.startsWith("/api/projects/")) {
      return project.serve(request);
    }
    return path.startsWith("/openai/v1/") ? v1.serve(request) : classic.serve(request);
  }

  /** Returns where it listens, without a path: data plane, resource manager and sign-in at once. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Returns the address of a Foundry project of the same resource. */
  public URI projectEndpoint() {
    return endpoint().resolve("/api/projects/simulated-project");
  }

  /** Returns the key of the data plane. */
  public String apiKey() {
    return settings.apiKey;
  }

  /** Returns the secret of the one application that may sign in. */
  public String clientSecret() {
    return settings.clientSecret;
  }

  /** Returns the variables by which a provider finds this simulator. */
  public Map<String, String> environment() {
    return Map.of(
        "AZURE_OPENAI_ENDPOINT", endpoint().toString(),
        "AZURE_OPENAI_API_KEY", settings.apiKey,
        "AZURE_SUBSCRIPTION_ID", AzureSettings.SUBSCRIPTION,
        "AZURE_RESOURCE_GROUP", AzureSettings.RESOURCE_GROUP,
        "AZURE_OPENAI_ACCOUNT_NAME", AzureSettings.ACCOUNT,
        "AZURE_TENANT_ID", AzureSettings.TENANT,
        "AZURE_CLIENT_ID", AzureSettings.CLIENT,
        "AZURE_CLIENT_SECRET", settings.clientSecret,
        "AZURE_AUTHORITY_HOST", endpoint().toString(),
        "AZURE_RESOURCE_MANAGER_HOST", endpoint().toString());
  }

  /** Returns a new token for a scope, good for an hour: a token supplier without a request. */
  public String issueToken(String scope) {
    return tokens.issue(scope);
  }

  /** Returns how many tokens were given out. */
  public int tokensGiven() {
    return tokens.given();
  }

  /** Returns how many jobs were created, whether anybody saw the answer or not. */
  public int jobsCreated() {
    return parts.jobsCreated();
  }

  /** Returns how many files came. */
  public int filesUploaded() {
    return parts.filesUploaded();
  }

  /** Returns how many deployments were made since the start. */
  public int deploymentsCreated() {
    return deployments.created();
  }

  /** Returns the names of the current deployments, except those being deleted. */
  public List<String> deploymentNames() {
    return deployments.all().stream()
        .filter(each -> !each.state(settings.time.now()).equals("Deleting"))
        .map(each -> each.name)
        .toList();
  }

  /** Returns all requests so far with their answers, ordered within each of the services. */
  public List<RecordedExchange> requests() {
    List<RecordedExchange> all = new ArrayList<>();
    for (Dispatch each : List.of(v1, project, classic, management, signIn)) {
      all.addAll(each.exchanges());
    }
    return List.copyOf(all);
  }

  /** Returns what is to go wrong; routes are below the face, or whole for the resource manager. */
  public Faults faults() {
    return faults;
  }

  /** Stops listening and forgets everything. */
  @Override
  public void close() {
    server.close();
    parts.close();
  }
}
