package dev.finetune4j.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.decision.StudyPlan;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.workflow.journal.InMemoryJournal;
import dev.finetune4j.workflow.journal.RunId;
import org.junit.jupiter.api.Test;

/** A run states what it is to show before anything is asked, and keeps it. */
final class StudyPlanRunTest {
  private static final RunId RUN = new RunId("run-1");

  private final FakeClock time = new FakeClock();
  private final InMemoryJournal journal = new InMemoryJournal();
  private final FineTuningWorkflow workflow =
      FineTuningWorkflow.builder(
              FakeProvider.builder(time).tunedModel(Plans.right()).build(), journal)
          .catalog(Plans.catalog())
          .time(time)
          .build();

  @Test
  void thePlanIsInTheJournalBeforeTheFirstQuestion() {
    FineTuningPlan plan =
        Plans.builder()
            .baselineModel(
                request -> {
                  throw new IllegalStateException("HTTP 403");
                })
            .build();

    assertThatThrownBy(() -> workflow.run(RUN, plan))
        .isInstanceOf(BaselineNotMeasuredException.class);

    assertThat(journal.load(RUN, "study.json").map(StudyPlan::parse))
        .contains(StudyPlan.of(plan.policy(), 40, plan.baselines().size()));
  }

  @Test
  void theResultOfAResumedRunHasThePlanToo() {
    FineTuningPlan plan =
        Plans.builder().baselineModel(request -> ChatResponse.of("no idea")).build();
    WorkflowResult first = workflow.run(RUN, plan);

    assertThat(workflow.run(RUN, plan).studyPlan()).isEqualTo(first.studyPlan()).isPresent();
  }
}
