package dev.finetune4j.azure;

import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.error.UnsupportedCapabilityException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How models are deployed: what the neutral {@link Capacity} means in Azure's words, and what Azure
 * wants to know of a model besides its name. Immutable and thread-safe.
 *
 * <pre>{@code
 * AzureDeploymentOptions.standard().forThroughput(Sku.GLOBAL_STANDARD)
 * }</pre>
 *
 * <p>Capacity paid per token is the developer tier: no fee by the hour, and gone after 24 hours;
 * for base models, which it does not take, it is the global standard without a fee by the hour. A
 * reserved throughput is in thousands of tokens a minute, or in provisioned units.
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

  /** What Azure sells. */
  public enum Sku {
    /** In the resource's region; a tuned model costs by the hour and per token. */
    STANDARD("Standard"),
    /** Wherever there is room; a tuned model costs by the hour and per token. */
    GLOBAL_STANDARD("GlobalStandard"),
    /** In the resource's data zone. */
    DATA_ZONE_STANDARD("DataZoneStandard"),
    /** For trying a tuned model: no fee by the hour, no promise, deleted after 24 hours. */
    DEVELOPER_TIER("DeveloperTier"),
    /** Reserved units in the region, by the hour. */
    PROVISIONED("ProvisionedManaged"),
    /** Reserved units anywhere, by the hour. */
    GLOBAL_PROVISIONED("GlobalProvisionedManaged"),
    /** For batches only. */
    GLOBAL_BATCH("GlobalBatch");

    private final String word;

    Sku(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Returns the developer tier with 50 thousand tokens a minute, and the region's standard. */
  public static AzureDeploymentOptions standard() {
    return new AzureDeploymentOptions(Sku.DEVELOPER_TIER, USUAL_CAPACITY, Sku.STANDARD, null, null);
  }

  /**
   * Returns these with another meaning of capacity that is paid per token.
   *
   * @param capacity in thousands of tokens a minute; 1 is about one question a minute
   */
  public AzureDeploymentOptions forServerless(Sku sku, int capacity) {
    return new AzureDeploymentOptions(sku, capacity, throughput, format, source);
  }

  /** Returns these with another meaning of a reserved throughput. */
  public AzureDeploymentOptions forThroughput(Sku sku) {
    return new AzureDeploymentOptions(serverless, serverlessCapacity, sku, format, source);
  }

  /**
   * Returns these with the maker of the model as Azure writes it, case included: a wrong one is
   * answered with a bare 500. Guessed from the model's name if not set: {@code OpenAI}, {@code
   * Microsoft} for gpt-oss, {@code Mistral AI}, {@code Meta}, {@code Alibaba}.
   */
  public AzureDeploymentOptions withModelFormat(String maker) {
    for (String known : MAKERS) {
      if (known.equalsIgnoreCase(maker) && !known.equals(maker)) {
        throw new IllegalArgumentException(
            "Azure writes \"" + known + "\", not \"" + maker + "\".");
      }
    }
    return new AzureDeploymentOptions(serverless, serverlessCapacity, throughput, maker, source);
  }

  /** Returns these for a model of another resource, given by its whole resource id. */
  public AzureDeploymentOptions withModelSource(String resourceId) {
    return new AzureDeploymentOptions(
        serverless, serverlessCapacity, throughput, format, resourceId);
  }

  /** A size in Azure's words. */
  record Size(String sku, int capacity) {}

  Size size(DeployedModel model, Capacity wanted) {
    if (wanted instanceof Capacity.Throughput reserved) {
      return new Size(throughput.word(), reserved.units());
    } else if (wanted instanceof Capacity.Serverless) {
      boolean isTrial = serverless == Sku.DEVELOPER_TIER && !model.isTuned();
      return new Size((isTrial ? Sku.GLOBAL_STANDARD : serverless).word(), serverlessCapacity);
    }
    throw new UnsupportedCapabilityException(
        AzureProvider.ID,
        "deploying on machines of one's choice",
        "Take Capacity.Throughput, in thousands of tokens a minute.");
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
