package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.workflow.journal.InMemoryJournal;
import dev.finetune4j.workflow.journal.RunId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A baseline that is refused stops the run before a job is paid for. */
final class BaselineOutageTest {
  private static final RunId RUN = new RunId("run-1");

  private final FakeClock time = new FakeClock();
  private final FakeProvider provider =
      FakeProvider.builder(time).tunedModel(Plans.right()).build();
  private final FineTuningWorkflow workflow =
      FineTuningWorkflow.builder(provider, new InMemoryJournal())
          .catalog(Plans.catalog())
          .time(time)
          .build();

  @Test
  void aRefusedBaselineStopsBeforeSubmitAndIsAskedAgainLaterD1() throws Exception {
    AtomicBoolean isUp = new AtomicBoolean();
    ChatModel base =
        request -> {
          if (!isUp.get()) {
            throw new IllegalStateException("HTTP 403");
          }
          return ChatResponse.of("no idea");
        };
    FineTuningPlan plan = Plans.builder().baselineModel(base).build();

    assertThatThrownBy(() -> workflow.run(RUN, plan))
        .isInstanceOf(BaselineNotMeasuredException.class)
        .hasMessage(
            "The baseline \"zero-shot\" could not be measured: 40 of 40 samples have no grade:"
                + " 40 x HTTP 403. No job was submitted. Remove the cause and start the run again:"
                + " failed samples are asked again.");
    assertThat(provider.standingDeployments()).isEmpty();

    isUp.set(true);
    assertThat(workflow.run(RUN, plan).baselineReports().get(0).failures()).isZero();
  }
}
