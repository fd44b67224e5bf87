package dev.finetune4j.huggingface.internal.serving;

import dev.finetune4j.Time;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentOperations;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.internal.endpoint.AskedServers;
import dev.finetune4j.huggingface.internal.job.JobsApi;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.HttpTransport;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Serves models from jobs while they are evaluated. Keeps connections to the servers until it is
 * closed. Thread-safe.
 */
public final class ServingDeployer implements Deployer, AutoCloseable {
  private final HuggingFaceHub hub;
  private final JobsApi jobs;
  private final ServingDeployments deployments;
  private final AskedServers servers;

  /** Creates a deployer. No I/O. */
  public ServingDeployer(HuggingFaceHub hub, JobsApi jobs, ServingSettings settings) {
    this.hub = hub;
    servers = new AskedServers(address -> hub.transportTo(address).build());
    this.jobs = jobs;
    deployments = new ServingDeployments(hub, jobs, settings, this::served);
  }

  /** Returns the owner of the jobs; one request unless it was set. */
  @Override
  public String account() {
    return jobs.namespace();
  }

  @Override
  public DeploymentOperations operations() {
    return deployments;
  }

  /** Returns the hourly price of a machine with an exposed port. One request ever. */
  public Optional<Money> pricePerHour(String machine) {
    return deployments.price(machine);
  }

  @Override
  public Time time() {
    return hub.time();
  }

  @Override
  public ChatModel chatModel(Deployment deployment) {
    return servers.chatModel(deployment);
  }

  /** Closes the connections; the jobs keep running and are billed. */
  @Override
  public void close() {
    servers.close();
  }

  private Optional<List<String>> served(URI address) {
    try (HttpTransport once = hub.transportTo(address).probe().build()) {
      return Optional.of(
          once.get(
              "models",
              answer ->
                  answer.objects("data").stream()
                      .map(model -> model.requireString("id"))
                      .toList()));
    } catch (ProviderException notYet) {
      return Optional.empty();
    }
  }
}
