package dev.finetune4j.evaluation;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.inference.ChatRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of an evaluation. The builder changes them; each evaluation has its own copy. */
final class EvaluationSettings {
  static final String CANCELLED = "Not asked: the evaluation was cancelled.";

  final Dataset<PromptExample> dataset;
  final Map<String, Grader> graders = new LinkedHashMap<>();
  final Map<String, Function<PromptExample, String>> tags = new LinkedHashMap<>();
  int repetitions = 1;
  int concurrency = 1;
  boolean adaptive;
  OptionalLong requestsPerMinute = OptionalLong.empty();
  OptionalLong tokensPerMinute = OptionalLong.empty();
  OptionalInt maximumTokens = OptionalInt.empty();
  OptionalDouble temperature = OptionalDouble.empty();
  Duration graderLimit = Duration.ofMinutes(10);
  @Nullable SampleStorage storage;
  boolean failuresAgain;
  @Nullable AnswerCache cache;
  @Nullable Money costLimit;
  @Nullable InferencePrice price;
  @Nullable PollingSchedule batchSchedule;
  BooleanSupplier stop = () -> false;
  EvaluationListener listener = EvaluationListener.NONE;
  Time time = Time.system();

  EvaluationSettings(Dataset<PromptExample> dataset) {
    this.dataset = Objects.requireNonNull(dataset, "dataset");
  }

  EvaluationSettings copy() {
    EvaluationSettings copy = new EvaluationSettings(dataset);
    copy.graders.putAll(graders);
    copy.tags.putAll(tags);
    copy.repetitions = repetitions;
    copy.concurrency = concurrency;
    copy.adaptive = adaptive;
    copy.requestsPerMinute = requestsPerMinute;
    copy.tokensPerMinute = tokensPerMinute;
    copy.maximumTokens = maximumTokens;
    copy.temperature = temperature;
    copy.graderLimit = graderLimit;
    copy.storage = storage;
    copy.failuresAgain = failuresAgain;
    copy.cache = cache;
    copy.costLimit = costLimit;
    copy.price = price;
    copy.batchSchedule = batchSchedule;
    copy.stop = stop;
    copy.listener = listener;
    copy.time = time;
    return copy;
  }

  ChatRequest request(PromptExample example) {
    ChatRequest.Builder request = ChatRequest.builder(example.prompt()).tools(example.tools());
    maximumTokens.ifPresent(request::maximumTokens);
    temperature.ifPresent(request::temperature);
    return request.build();
  }
}
