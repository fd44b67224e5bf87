package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.Time;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.Credential;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.HttpTransportBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * Deploys models of the Hub on Inference Endpoints. Keeps connections to the endpoints until it is
 * closed. Thread-safe.
 */
public final class EndpointDeployer implements Deployer, AutoCloseable {
  // A sleeping endpoint needs minutes to wake up; its proxy holds the request that long.
  private static final String WAKE_UP_SECONDS = "600";

  private final Time time;
  private final Supplier<String> token;
  private final HuggingFaceHub hub;
  private final HttpTransport management;
  private final EndpointsApi endpoints;
  private final EndpointDeployments deployments;
  private final AskedServers servers;

  /** Creates a deployer. No I/O. */
  public EndpointDeployer(
      HuggingFaceHub hub, EndpointAccess access, EndpointSettings settings, Time time) {
    this.time = time;
    token = access.token();
    this.hub = hub;
    management = transport(access.api()).part("endpoints").build();
    servers = new AskedServers(address -> transport(address).build());
    endpoints = new EndpointsApi(management, hub, access);
    deployments = new EndpointDeployments(endpoints, hub, settings, this::isWell);
  }

  /** Returns operations that only endpoints have: pause, resume, update, machines. */
  public EndpointsApi endpoints() {
    return endpoints;
  }

  /** Returns the hourly price of a machine, by its name in a capacity. One request. */
  public Optional<Money> pricePerHour(String instance) {
    return deployments.pricePerHour(instance);
  }

  /** Returns the owner of the endpoints; one request unless it was set. */
  @Override
  public String account() {
    return endpoints.namespace();
  }

  @Override
  public DeploymentOperations operations() {
    return deployments;
  }

  @Override
  public Time time() {
    return time;
  }

  @Override
  public ChatModel chatModel(Deployment deployment) {
    return servers.chatModel(deployment);
  }

  /** Closes the connections; the endpoints keep running. */
  @Override
  public void close() {
    management.close();
    servers.close();
  }

  private HttpTransportBuilder transport(URI address) {
    return hub.transportTo(address)
        .credential(Credential.bearer(token))
        .header("X-Scale-Up-Timeout", WAKE_UP_SECONDS)
        .time(time);
  }

  private boolean isWell(String address) {
    try (HttpTransport once = transport(URI.create(address)).probe().build()) {
      once.send(ApiRequest.get(HttpUrl.get(address)));
      return true;
    } catch (ProviderException notYet) {
      return false;
    }
  }
}
