package dev.finetune4j.providerkit.deployment;

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
import dev.finetune4j.error.UnexpectedResponseException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.providerkit.CircuitOpenException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments answer: each is asked for one token until it does, and not again after that.
 * For services that call a deployment ready some minutes before it is. Thread-safe.
 */
public final class ReadinessProbe {
  /** A refusal counts when it was repeated so often, one look after the other. */
  private static final int MOST_REFUSALS = 20;

  private static final ChatRequest QUESTION =
      ChatRequest.builder(List.of(Message.user("Hello"))).maximumTokens(1).build();

  private final Function<Deployment, ChatModel> models;
  private final Map<String, String> answered = new ConcurrentHashMap<>();
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();

  /**
   * Makes the memory, empty.
   *
   * @param models the model behind a deployment, asked without retries
   */
  public ReadinessProbe(Function<Deployment, ChatModel> models) {
    this.models = Objects.requireNonNull(models, "models");
  }

  /**
   * What a look has shown.
   *
   * @param status ready, still being created, or failed
   * @param reason why it failed; null unless it did
   */
  public record Look(DeploymentStatus status, @Nullable String reason) {
    /** It does not answer yet. */
    public static final Look NOT_YET = new Look(DeploymentStatus.CREATING, null);

    /** It answers. */
    public static final Look YES = new Look(DeploymentStatus.READY, null);
  }

  /**
   * Asks a deployment for a token: one request, none if that version of it has answered before.
   *
   * @param version what changes when the deployment is changed
   */
  public Look look(Deployment deployment, String version) {
    String name = deployment.reference().id();
    if (version.equals(answered.get(name))) {
      return Look.YES;
    }
    Look look = ask(models.apply(deployment));
    if (look.status() == DeploymentStatus.READY) {
      answered.put(name, version);
    }
    if (look.status() != DeploymentStatus.FAILED) {
      refusals.remove(name);
    } else if (refusals.merge(name, 1, Integer::sum) < MOST_REFUSALS) {
      // A role that was just assigned takes some minutes to arrive where models are asked.
      return Look.NOT_YET;
    }
    return look;
  }

  /** Forgets a deployment that is made anew or deleted, by its id. */
  public void forget(String deployment) {
    answered.remove(deployment);
    refusals.remove(deployment);
  }

  private static Look ask(ChatModel model) {
    try {
      model.chat(QUESTION);
      return Look.YES;
    } catch (NotFoundException
        | ProviderUnavailableException
        | UnexpectedResponseException
        | CircuitOpenException loading) {
      // Where models are asked may learn of a deployment minutes after it was called ready. Until
      // then, a gateway may answer with a page.
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
