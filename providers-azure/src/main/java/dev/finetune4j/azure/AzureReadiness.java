package dev.finetune4j.azure;

import dev.finetune4j.chat.Message;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentStatus;
import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.error.RateLimitException;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.providerkit.RetryPolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether deployments answer: each is asked for one token until it does, and not again after that.
 * Thread-safe.
 */
final class AzureReadiness {
  private static final ChatRequest QUESTION =
      ChatRequest.builder(List.of(Message.user("Hello"))).maximumTokens(1).build();

  private final AzureConnections connections;
  private final Map<String, String> answered = new ConcurrentHashMap<>();

  AzureReadiness(AzureConnections connections) {
    this.connections = connections;
  }

  /** What a look has shown. */
  record Look(DeploymentStatus status, @Nullable String reason) {
    static final Look NOT_YET = new Look(DeploymentStatus.CREATING, null);
    static final Look YES = new Look(DeploymentStatus.READY, null);
  }

  /** One request to the deployment, none if that version of it has answered before. */
  Look look(Deployment deployment, String version) {
    String name = deployment.reference().id();
    if (version.equals(answered.get(name))) {
      return Look.YES;
    }
    Look look = ask(name, deployment.model().name());
    if (look.status() == DeploymentStatus.READY) {
      answered.put(name, version);
    }
    return look;
  }

  void forget(String deployment) {
    answered.remove(deployment);
  }

  URI endpoint(String deployment) {
    return connections.deploymentUrl(deployment).uri();
  }

  private Look ask(String name, String served) {
    try {
      AzureChatModel.of(connections.deployment(name, RetryPolicy.none()), name, served)
          .chat(QUESTION);
      return Look.YES;
    } catch (NotFoundException | ProviderUnavailableException loading) {
      // For some minutes after "Succeeded" the data plane does not know the deployment.
      return Look.NOT_YET;
    } catch (RateLimitException | InvalidRequestException answer) {
      // Who counts questions, or dislikes this one, is there.
      return Look.YES;
    } catch (AuthenticationException | PermissionException refused) {
      return failed(refused);
    }
  }

  /** A lasting refusal must not be waited for; nor may it keep a sweeper from deleting. */
  private static Look failed(ProviderException refused) {
    return new Look(
        DeploymentStatus.FAILED, "it does not let this caller ask: " + refused.getMessage());
  }
}
