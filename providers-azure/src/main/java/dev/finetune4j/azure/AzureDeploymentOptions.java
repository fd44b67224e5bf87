package dev.finetune4j.azure;

import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.error.UnsupportedCapabilityException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How models are deployed: the Azure SKU for each neutral {@link Capacity}, and what Azure requires
 * about a model besides its name. Immutable and thread-safe.
 *
 * <pre>{@code
 * AzureDeploymentOptions.standard().forThroughput(Sku.GLOBAL_STANDARD)
 * }</pre>
 *
 * <p>Pay-per-token capacity uses the developer tier, which has no hourly fee and is deleted after
 * 24 hours. Base models cannot use that tier; they get the global standard SKU, which has no hourly
 * fee for them. Reserved throughput is measured in thousands of tokens per minute, or in
 * provisioned units.
 */
public final class AzureDeploymentOptions {
  private static final int USUAL_CAPACITY = 50;
  private static final List<String> MAKERS =
      List.of("OpenAI", "OpenAI-OSS", "Microsoft", "Mistral AI", "Meta", "Alibaba");

  private final Sku serverless;
  private final int serverlessCapacity;
  private final Sku throughput;
  private final @Nullable String format;
  private final @Nullable String source;

  private AzureDeploymentOptions(
      Sku serverless,
      int serverlessCapacity,
      Sku throughput,
      @Nullable String format,
      @Nullable String source) {
    this.serverless = serverless;
    this.serverlessCapacity = serverlessCapacity;
    this.throughput = throughput;
    this.format = format;
    this.source = source;
  }

  /** The deployment SKUs of Azure. */
  public enum Sku {
    /** In the resource's region; tuned models are billed by the hour and by token. */
    STANDARD("Standard"),
    /** In any region with capacity; tuned models are billed by the hour and by token. */
    GLOBAL_STANDARD("GlobalStandard"),
    /** In the resource's data zone. */
    DATA_ZONE_STANDARD("DataZoneStandard"),
    /**
     * For trying out a tuned model: no hourly fee, no availability guarantee, deleted after 24
     * hours.
     */
    DEVELOPER_TIER("DeveloperTier"),
    /** Provisioned units in the resource's region, billed by the hour. */
    PROVISIONED("ProvisionedManaged"),
    /** Provisioned units in any region, billed by the hour. */
    GLOBAL_PROVISIONED("GlobalProvisionedManaged"),
    /** For batches only, in any region with capacity. */
    GLOBAL_BATCH("GlobalBatch"),
    /** For batches only, in the resource's data zone. */
    DATA_ZONE_BATCH("DataZoneBatch");

    private final String word;

    Sku(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * Returns the defaults: the developer tier with 50 thousand tokens per minute, and the regional
   * standard SKU.
   */
  public static AzureDeploymentOptions standard() {
    return new AzureDeploymentOptions(Sku.DEVELOPER_TIER, USUAL_CAPACITY, Sku.STANDARD, null, null);
  }

  /**
   * Returns a copy with another SKU for pay-per-token capacity.
   *
   * @param capacity in thousands of tokens per minute; 1 allows about one question per minute
   */
  public AzureDeploymentOptions forServerless(Sku sku, int capacity) {
    return new AzureDeploymentOptions(sku, capacity, throughput, format, source);
  }

  /** Returns a copy with another SKU for reserved throughput. */
  public AzureDeploymentOptions forThroughput(Sku sku) {
    return new AzureDeploymentOptions(serverless, serverlessCapacity, sku, format, source);
  }

  /**
   * Returns a copy with another model format, which is the name of the model's maker. It is
   * case-sensitive; Azure answers a wrong one with a status of 500 and no explanation. Derived from
   * the model's name if not set: {@code OpenAI}, {@code Microsoft} for gpt-oss, {@code Mistral AI},
   * {@code Meta}, {@code Alibaba}.
   */
  public AzureDeploymentOptions withModelFormat(String maker) {
    for (String known : MAKERS) {
      if (known.equalsIgnoreCase(maker) && !known.equals(maker)) {
        throw new IllegalArgumentException(
            "Unknown model format \"" + maker + "\"; Azure spells it \"" + known + "\".");
      }
    }
    return new AzureDeploymentOptions(serverless, serverlessCapacity, throughput, maker, source);
  }

  /** Returns a copy for a model of another resource, given by its full resource ID. */
  public AzureDeploymentOptions withModelSource(String resourceId) {
    return new AzureDeploymentOptions(
        serverless, serverlessCapacity, throughput, format, resourceId);
  }

  /** A SKU with its capacity. */
  record Size(String sku, int capacity) {}

  Size size(ModelVersion model, Capacity wanted) {
    if (wanted instanceof Capacity.Throughput reserved) {
      return new Size(throughput.word(), reserved.units());
    } else if (wanted instanceof Capacity.Serverless) {
      boolean isTrial = serverless == Sku.DEVELOPER_TIER && !model.isTuned();
      return new Size((isTrial ? Sku.GLOBAL_STANDARD : serverless).word(), serverlessCapacity);
    }
    throw new UnsupportedCapabilityException(
        AzureProvider.ID,
        "deployments on chosen hardware",
        "Use Capacity.Throughput, in thousands of tokens per minute.");
  }

  String format(String model) {
    return format == null ? maker(model) : format;
  }

  @Nullable String source() {
    return source;
  }

  private static String maker(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    if (name.startsWith("gpt-oss")) {
      return "Microsoft";
    } else if (name.startsWith("ministral") || name.startsWith("mistral")) {
      return "Mistral AI";
    } else if (name.contains("llama")) {
      return "Meta";
    }
    return name.startsWith("qwen") ? "Alibaba" : "OpenAI";
  }
}
