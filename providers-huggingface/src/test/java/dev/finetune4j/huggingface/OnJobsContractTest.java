package dev.finetune4j.huggingface;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.testkit.FineTuningProviderContract;
import dev.finetune4j.testkit.ManualTime;
import dev.finetune4j.testkit.simulator.huggingface.JobCourse;
import dev.finetune4j.testkit.simulator.huggingface.JobOrder;
import dev.finetune4j.testkit.simulator.huggingface.SimulatedHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every provider, over the simulated Hub; only the training is a stand-in. */
final class OnJobsContractTest extends FineTuningProviderContract {
  private static final String TOKEN = "hf_contract0123456789abcdef";

  @TempDir static Path folder;

  private final ManualTime time = new ManualTime();
  private SimulatedHub service;
  private HuggingFaceProvider provider;

  @BeforeEach
  void start() {
    service =
        SimulatedHub.builder()
            .time(time)
            .token(TOKEN)
            .user("acme")
            .jobs(OnJobsContractTest::course)
            .start();
    provider =
        HuggingFaceProvider.onJobs(() -> TOKEN)
            .hub(service.endpoint())
            .endpointsApi(service.endpointsApi())
            .router(service.router())
            .cache(folder)
            .time(time)
            .build();
  }

  @AfterEach
  void stop() {
    provider.close();
    service.close();
  }

  private static JobCourse course(JobOrder order) {
    String result = "models/" + order.environment().get("FINETUNE4J_RESULT") + "/";
    String base = order.environment().get("FINETUNE4J_BASE_MODEL");
    JobCourse course = JobCourse.of(Duration.ofMinutes(20)).saying("Fetching the base");
    for (int step = 1; step <= 5; step++) {
      course = course.saying(metrics(step));
    }
    return course
        .pushing(result + "adapter_model.safetensors", "weights")
        .pushing(
            result + "adapter_config.json",
            "{\"r\":16,\"base_model_name_or_path\":\"" + base + "\"}");
  }

  private static String metrics(int step) {
    return "finetune4j-event {\"id\":\"step-%d\",\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"metrics\",\"step\":%d,\"values\":{\"loss\":%s}}"
        .formatted(step, step, 3.0 / step);
  }

  @Override
  protected FineTuningProvider provider() {
    return provider;
  }

  @Override
  protected String baseModel() {
    return "HuggingFaceTB/SmolLM2-135M-Instruct";
  }

  @Override
  protected PollingSchedule polling() {
    return PollingSchedule.standard();
  }

  @Override
  protected Capacity capacity() {
    return new Capacity.Hardware("nvidia-l4-x1", 0, 1);
  }

  @Override
  protected Time time() {
    return time;
  }

  @Override
  protected long requests() {
    return service.requests().size();
  }

  @Override
  protected long jobsMade() {
    return service.jobsCreated();
  }

  @Override
  protected List<String> secrets() {
    return List.of(TOKEN);
  }
}
