package dev.finetune4j.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.SimulatorExtension;
import dev.finetune4j.testkit.FakeClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another server of the dialect, as Azure is one, is the same simulator with other words. */
final class DialectTest {
  private final FakeClock time = new FakeClock();

  @RegisterExtension
  final SimulatorExtension<SimulatedOpenAi> other =
      SimulatorExtension.of(
          () -> SimulatedOpenAi.builder().time(time).dialect(new OtherWords()).start());

  private static final class OtherWords implements Dialect {
    @Override
    public int jobCreatedStatus() {
      return 201;
    }

    @Override
    public String validatingWord() {
      return "pending";
    }

    @Override
    public Object automatic() {
      return -1;
    }

    @Override
    public String suffixMember() {
      return "suffix";
    }

    @Override
    public boolean keepsMetadata() {
      return false;
    }

    @Override
    public boolean wrapsResults() {
      return false;
    }

    @Override
    public String modelName(String base, String organization, String suffix, String id) {
      return base + ".ft-" + id + "-" + suffix;
    }
  }

  @Test
  void aJobSpeaksTheOtherWordsFromItsCreationToItsResult() throws Exception {
    Wire wire = new Wire(other.simulator());
    String file = wire.file(Wire.examples(10));
    String body =
        "{\"model\":\"gpt-4.1-mini\",\"training_file\":\"%s\",\"suffix\":\"s\",\"metadata\":{}}";

    HttpResponse<String> created = wire.post("/fine_tuning/jobs", body.formatted(file));
    JsonObject fresh = Wire.json(created);
    time.advance(Duration.ofHours(1));
    JsonObject done = Wire.json(wire.get("/fine_tuning/jobs/" + fresh.requireString("id")));

    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(fresh.requireString("status")).isEqualTo("pending");
    assertThat(fresh.requireObject("hyperparameters").requireLong("n_epochs")).isEqualTo(-1);
    assertThat(fresh.requireString("suffix")).isEqualTo("s");
    assertThat(fresh.has("metadata")).isFalse();
    assertThat(done.requireString("fine_tuned_model"))
        .matches("gpt-4\\.1-mini-2025-04-14\\.ft-[A-Za-z0-9]{8}-s");
    assertThat(wire.get("/files/" + done.list("result_files").get(0) + "/content").body())
        .startsWith("step,train_loss");
  }
}
