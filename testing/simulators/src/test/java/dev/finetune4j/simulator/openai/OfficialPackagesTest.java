package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.Time;
import dev.finetune4j.simulator.Exchanges;
import dev.finetune4j.simulator.ScaledTime;
import dev.finetune4j.specification.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's own packages take the simulator for OpenAI. */
@Tag("python")
final class OfficialPackagesTest {
  private final SimulatedOpenAi openAi =
      SimulatedOpenAi.builder().time(new ScaledTime(Time.system(), 300)).start();

  @AfterEach
  void close() {
    openAi.close();
  }

  @Test
  void thePythonPackageDrivesItFromUploadToCleanUp() throws Exception {
    String output = OfficialPackages.python(environment());

    assertThat(output).contains("43 checks held with openai 3.54.0");
    assertThat(openAi.jobsCreated()).isEqualTo(3);
    assertThat(violations()).isEmpty();
  }

  @Test
  void theNodePackageDrivesItFromUploadToCleanUp() throws Exception {
    String output = OfficialPackages.node(environment());

    assertThat(output).contains("30 checks held with openai 7.57.0");
    assertThat(openAi.jobsCreated()).isEqualTo(2);
    assertThat(violations()).isEmpty();
  }

  private Map<String, String> environment() {
    return Map.of(
        "OPENAI_BASE_URL", openAi.baseUrl().toString(),
        "OPENAI_API_KEY", openAi.apiKey(),
        "OPENAI_ADMIN_KEY", openAi.adminKey());
  }

  private List<String> violations() {
    List<String> violations = new ArrayList<>();
    Specification.openAi()
        .ifPresent(
            specification ->
                openAi
                    .requests()
                    .forEach(
                        exchange ->
                            violations.addAll(specification.violations(Exchanges.of(exchange)))));
    return violations;
  }
}
