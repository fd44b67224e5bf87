package dev.finetune4j.workflow;

import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.job.TrainingMetrics;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ended job and what it measured as JSON, as it is kept beside a journal. */
final class JobJson {

  private JobJson() {}

  static String write(FineTuningJob job, List<TrainingMetrics> metrics) {
    List<Map<String, @Nullable Object>> steps = new ArrayList<>();
    for (TrainingMetrics measured : metrics) {
      steps.add(
          JsonObject.empty().put("step", measured.step()).put("values", measured.values()).asMap());
    }
    return JsonObject.empty()
        .put("status", job.status().name())
        .put("provider_status", job.providerStatus())
        .put("base_model", job.baseModel())
        .put("created_at", job.createdAt().toString())
        .putIfPresent("finished_at", job.finishedAt().map(Instant::toString))
        .putIfPresent("fine_tuned_model", job.fineTunedModel().map(model -> model.name()))
        .putIfPresent("trained_tokens", job.trainedTokens())
        .put("metrics", steps)
        .toString();
  }

  static FineTuningJob readJob(String text, JobReference reference) {
    JsonObject json = Json.parseObject(text);
    FineTuningJob.Builder job =
        FineTuningJob.builder(
                reference,
                JobStatus.valueOf(json.requireString("status")),
                json.requireString("provider_status"))
            .baseModel(json.requireString("base_model"))
            .createdAt(Instant.parse(json.requireString("created_at")))
            .fineTunedModel(json.findString("fine_tuned_model").orElse(null))
            .finishedAt(json.findString("finished_at").map(Instant::parse).orElse(null));
    json.findLong("trained_tokens").ifPresent(job::trainedTokens);
    return job.build();
  }

  static List<TrainingMetrics> readMetrics(String text) {
    List<TrainingMetrics> metrics = new ArrayList<>();
    for (JsonObject step : Json.parseObject(text).objects("metrics")) {
      JsonObject values = step.requireObject("values");
      Map<String, Double> figures = new LinkedHashMap<>();
      values
          .asMap()
          .keySet()
          .forEach(name -> values.findDouble(name).ifPresent(v -> figures.put(name, v)));
      metrics.add(new TrainingMetrics(step.requireLong("step"), figures));
    }
    return metrics;
  }
}
