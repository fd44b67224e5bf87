package dev.finetune4j.providerkit.catalog;

import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.HttpTransport;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The models of a service that speaks the dialect: {@code GET /models} and related calls. Blocking
 * and thread-safe; the transport belongs to the caller.
 */
public final class ModelList {
  private static final String ONE = "models/{model}";

  private final HttpTransport transport;

  /** Makes the calls of one service. */
  public ModelList(HttpTransport transport) {
    this.transport = Objects.requireNonNull(transport, "transport");
  }

  /** Returns all models, in the service's order. One request. */
  public List<ListedModel> all() {
    return transport
        .send(ApiRequest.get("models"))
        .json(answer -> answer.objects("data").stream().map(ModelList::model).toList());
  }

  /**
   * Returns one model. One request.
   *
   * @throws NotFoundException if there is no such model
   */
  public ListedModel require(String name) {
    return transport.send(ApiRequest.get(ONE, name)).json(ModelList::model);
  }

  /**
   * Deletes a tuned model permanently; it is no error if it does not exist. One request.
   *
   * @throws dev.finetune4j.error.PermissionException if it is a base model, or the key's owner may
   *     not
   */
  public void delete(String name) {
    try {
      transport.send(ApiRequest.delete(ONE, name));
    } catch (NotFoundException gone) {
      // Sent again after a lost answer, the service no longer knows it: that is what was asked for.
      return;
    }
  }

  /**
   * Returns {@code catalog} with the days of shutdown as the service gives them today; all else as
   * it was. One request.
   *
   * @param today the date of reading, for the entries that change
   */
  public ModelCatalog refresh(ModelCatalog catalog, LocalDate today) {
    List<CatalogEntry> newer = new ArrayList<>();
    for (ListedModel model : all()) {
      Optional<CatalogEntry> entry = catalog.find(model.name());
      if (entry.isPresent() && model.answersUntil().isPresent()) {
        newer.add(entry.get().answeringUntil(model.answersUntil().get(), today));
      }
    }
    return catalog.overriddenBy(ModelCatalog.of(catalog.provider(), today, newer));
  }

  private static ListedModel model(JsonObject json) {
    return new ListedModel(
        json.requireString("id"),
        json.asMap().get("owned_by") instanceof String owner ? owner : "",
        json.asMap().get("created") instanceof Number seconds
            ? Instant.ofEpochSecond(seconds.longValue())
            : Instant.EPOCH,
        date(json.asMap().get("shutdown_date") instanceof String text ? text : ""));
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeException unknownForm) {
      return Optional.empty();
    }
  }
}
