package dev.finetune4j.azure;

import dev.finetune4j.azure.AzureOptions.Account;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * Calls of Azure Resource Manager for one account. Changes are made one at a time, because the
 * service runs one operation on an account at a time. Blocking and thread-safe.
 */
final class ManagementPlane {
  private static final String SUBSCRIPTION =
      "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/";
  private static final String ACCOUNT =
      "subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.CognitiveServices"
          + "/accounts/{account}";
  private static final String DEPLOYMENTS = ACCOUNT + "/deployments";
  private static final String DEPLOYMENT = DEPLOYMENTS + "/{deployment}";
  private static final int MOST_PAGES = 1_000;

  private final HttpTransport transport;
  private final Account account;
  // Not a monitor: before JDK 24, that would pin a virtual thread during the request.
  private final Lock changing = new ReentrantLock();

  ManagementPlane(HttpTransport transport, Account account) {
    this.transport = transport;
    this.account = account;
  }

  JsonObject put(String deployment, JsonObject body) {
    return alone(() -> json(ApiRequest.put(DEPLOYMENT, path(deployment)).json(body)));
  }

  JsonObject patch(String deployment, JsonObject body) {
    // To set a capacity twice is to set it once.
    ApiRequest call =
        ApiRequest.patch(DEPLOYMENT, path(deployment)).json(body).idempotency(Idempotency.SAFE);
    return alone(() -> json(call));
  }

  void delete(String deployment) {
    try {
      alone(() -> transport.send(ApiRequest.delete(DEPLOYMENT, path(deployment))));
    } catch (NotFoundException gone) {
      requireAccount(gone);
    }
  }

  private <T> T alone(Supplier<T> change) {
    changing.lock();
    try {
      return change.get();
    } finally {
      changing.unlock();
    }
  }

  Optional<JsonObject> find(String deployment) {
    try {
      return Optional.of(json(ApiRequest.get(DEPLOYMENT, path(deployment))));
    } catch (NotFoundException gone) {
      requireAccount(gone);
      return Optional.empty();
    }
  }

  List<JsonObject> deployments() {
    return pages(ApiRequest.get(DEPLOYMENTS, path()));
  }

  List<JsonObject> models() {
    return pages(ApiRequest.get(ACCOUNT + "/models", path()));
  }

  List<JsonObject> usages() {
    return pages(ApiRequest.get(ACCOUNT + "/usages", path()));
  }

  List<JsonObject> capacities(String format, String name, String version) {
    Query model =
        Query.of("modelFormat", format).and("modelName", name).and("modelVersion", version);
    return pages(
        ApiRequest.get(SUBSCRIPTION + "modelCapacities", account.subscription()).query(model));
  }

  String location() {
    return json(ApiRequest.get(ACCOUNT, path())).findString("location").orElse("");
  }

  /**
   * Distinguishes a wrong account from a deleted deployment, so that a billed deployment is not
   * forgotten.
   */
  private void requireAccount(NotFoundException missing) {
    try {
      json(ApiRequest.get(DEPLOYMENTS, path()));
    } catch (NotFoundException noAccount) {
      throw new InvalidRequestException(
          missing
              .failure()
              .withMessage("The account does not exist: " + noAccount.failure().message()));
    }
  }

  private List<JsonObject> pages(ApiRequest first) {
    List<JsonObject> items = new ArrayList<>();
    ApiRequest call = first;
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonObject answer = json(call);
      items.addAll(answer.objects("value"));
      HttpUrl next = HttpUrl.parse(answer.findString("nextLink").orElse(""));
      if (next == null) {
        break;
      }
      call = ApiRequest.get(next);
    }
    return items;
  }

  private JsonObject json(ApiRequest call) {
    return transport.send(call).json(answer -> answer);
  }

  private String[] path(String... more) {
    List<String> values =
        new ArrayList<>(List.of(account.subscription(), account.resourceGroup(), account.name()));
    values.addAll(List.of(more));
    return values.toArray(String[]::new);
  }
}
