package dev.finetune4j.local.internal.process;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.trainer.LearningRateSchedule;
import dev.finetune4j.local.internal.trainer.TrainingSettings;
import dev.finetune4j.providerkit.process.JobFolder;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trainer's part of {@code request.json}. Immutable.
 *
 * @param base the checkpoint folder to start from
 * @param model what the result is called
 * @param preference whether the examples are pairs of answers
 * @param settings the numbers
 * @param adapter the low-rank update, null to change every weight
 * @param merge whether a whole checkpoint is written beside the adapter
 */
public record TrainerRequest(
    Path base,
    String model,
    boolean preference,
    TrainingSettings settings,
    @Nullable LowRankSettings adapter,
    boolean merge) {

  /**
   * Adds this to the members of a request. A base inside the provider's directory is written
   * relative to the job folder, so the directory may be moved.
   */
  public void writeTo(JsonObject request, JobFolder folder) {
    request
        .put("base_folder", base(folder))
        .put("tuned_model", model)
        .put("method", preference ? "preference" : "supervised")
        .put("merge", merge)
        .put(
            "settings",
            JsonObject.empty()
                .put("epochs", settings.epochs())
                .put("batch_size", settings.batchSize())
                .put("micro_batch_size", settings.microBatchSize())
                .put("learning_rate", settings.learningRate())
                .put("schedule", settings.schedule().name())
                .put("warm_up_share", settings.warmUpShare())
                .put("weight_decay", settings.weightDecay())
                .put("maximum_gradient_norm", settings.maximumGradientNorm())
                .put("beta", settings.beta())
                .put("maximum_tokens", settings.maximumTokens())
                .put("seed", settings.seed())
                .put("workers", settings.workers())
                .put("checkpoint_interval", settings.checkpointInterval())
                .put("patience", settings.patience()));
    if (adapter != null) {
      request.put(
          "adapter",
          JsonObject.empty()
              .put("rank", adapter.rank())
              .put("alpha", adapter.alpha())
              .put("dropout", adapter.dropout())
              .put("modules", adapter.modules().stream().sorted().toList()));
    }
  }

  private String base(JobFolder folder) {
    Path job = folder.directory().toAbsolutePath().normalize();
    @Nullable Path jobs = job.getParent();
    @Nullable Path directory = jobs == null ? null : jobs.getParent();
    return directory != null && base.startsWith(directory)
        ? job.relativize(base).toString().replace(File.separatorChar, '/')
        : base.toString();
  }

  /** Reads the request from a job folder. */
  public static TrainerRequest of(JobFolder folder) {
    JsonObject request = folder.request();
    return new TrainerRequest(
        baseFolder(folder),
        request.requireString("tuned_model"),
        request.requireString("method").equals("preference"),
        settings(request.requireObject("settings")),
        request.findObject("adapter").map(TrainerRequest::adapter).orElse(null),
        request.findBoolean("merge").orElse(false));
  }

  /** Returns the absolute path of the base that a job started from. */
  public static Path baseFolder(JobFolder folder) {
    return folder
        .directory()
        .toAbsolutePath()
        .resolve(folder.request().requireString("base_folder"))
        .normalize();
  }

  private static TrainingSettings settings(JsonObject object) {
    return TrainingSettings.builder()
        .epochs(integer(object, "epochs"))
        .batchSize(integer(object, "batch_size"))
        .microBatchSize(integer(object, "micro_batch_size"))
        .learningRate(
            object.requireDouble("learning_rate"),
            LearningRateSchedule.valueOf(object.requireString("schedule")))
        .warmUpShare(object.requireDouble("warm_up_share"))
        .weightDecay(object.requireDouble("weight_decay"))
        .maximumGradientNorm(object.requireDouble("maximum_gradient_norm"))
        .beta(object.requireDouble("beta"))
        .maximumTokens(integer(object, "maximum_tokens"))
        .seed(object.requireLong("seed"))
        .workers(integer(object, "workers"))
        .checkpointInterval(integer(object, "checkpoint_interval"))
        .patience(integer(object, "patience"))
        .build();
  }

  private static LowRankSettings adapter(JsonObject object) {
    List<@Nullable Object> names = object.list("modules");
    Set<String> modules = new LinkedHashSet<>();
    names.forEach(name -> modules.add(String.valueOf(name)));
    return new LowRankSettings(
        integer(object, "rank"),
        object.requireDouble("alpha"),
        object.requireDouble("dropout"),
        modules);
  }

  private static int integer(JsonObject object, String name) {
    return Math.toIntExact(object.requireLong(name));
  }
}
