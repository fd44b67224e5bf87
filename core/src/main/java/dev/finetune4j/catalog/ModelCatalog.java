package dev.finetune4j.catalog;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.cost.TrainingPrice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The base models of one provider, with what is known of each. Models that are not in it are
 * allowed; everything about them is unknown. Immutable and thread-safe; no I/O.
 */
public final class ModelCatalog implements PriceBook {
  private final ProviderId provider;
  private final LocalDate asOf;
  private final Map<String, CatalogEntry> entries = new LinkedHashMap<>();

  private ModelCatalog(ProviderId provider, LocalDate asOf, Collection<CatalogEntry> entries) {
    this.provider = Objects.requireNonNull(provider, "provider");
    this.asOf = Objects.requireNonNull(asOf, "asOf");
    entries.forEach(entry -> this.entries.put(entry.model(), entry));
  }

  /** Returns a catalog of these entries; of two for one model the later counts. */
  public static ModelCatalog of(
      ProviderId provider, LocalDate asOf, Collection<CatalogEntry> entries) {
    return new ModelCatalog(provider, asOf, entries);
  }

  /**
   * Reads a catalog from the JSON described in {@code docs/catalog.md}.
   *
   * @throws CatalogFormatException if it is not such JSON; the message names the entry and the
   *     member
   */
  public static ModelCatalog parse(String json) {
    return CatalogJson.parse(json);
  }

  /**
   * Reads the catalog that a jar carries beside a class.
   *
   * @param name the resource's name, relative to the class
   * @throws IllegalStateException if the jar lacks it
   * @throws CatalogFormatException if it is not a catalog
   */
  public static ModelCatalog ofResource(Class<?> beside, String name) {
    try (InputStream json = beside.getResourceAsStream(name)) {
      if (json == null) {
        throw new IllegalStateException(
            "The jar of " + beside.getName() + " does not contain " + name + ".");
      }
      return parse(new String(json.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " from the jar.", e);
    }
  }

  /**
   * Returns this catalog with the entries of {@code newer} in place of its own for the same models.
   */
  public ModelCatalog overriddenBy(ModelCatalog newer) {
    Map<String, CatalogEntry> merged = new LinkedHashMap<>(entries);
    merged.putAll(newer.entries);
    return new ModelCatalog(
        provider, newer.asOf.isAfter(asOf) ? newer.asOf : asOf, merged.values());
  }

  /** Returns whose models these are. */
  public ProviderId provider() {
    return provider;
  }

  /** Returns all entries, in the order of the catalog. */
  public List<CatalogEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** Returns what is known of a model, empty if nothing is. */
  public Optional<CatalogEntry> find(String model) {
    return Optional.ofNullable(entries.get(model));
  }

  @Override
  public Optional<TrainingPrice> trainingPrice(ModelReference baseModel) {
    return entry(baseModel).flatMap(CatalogEntry::trainingPrice);
  }

  @Override
  public Optional<InferencePrice> inferencePrice(ModelReference baseModel) {
    return entry(baseModel).flatMap(CatalogEntry::inferencePrice);
  }

  @Override
  public Optional<InferencePrice> tunedInferencePrice(ModelReference baseModel) {
    return entry(baseModel).flatMap(CatalogEntry::tunedInferencePrice);
  }

  @Override
  public Optional<Money> hostingPricePerHour(ModelReference baseModel) {
    return entry(baseModel).flatMap(CatalogEntry::hostingPricePerHour);
  }

  @Override
  public LocalDate asOf() {
    return asOf;
  }

  private Optional<CatalogEntry> entry(ModelReference baseModel) {
    return baseModel.provider().equals(provider) ? find(baseModel.name()) : Optional.empty();
  }
}
