package dev.finetune4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.evaluation.Slicing;
import org.junit.jupiter.api.Test;

final class StudyPlanTest {
  private static final DecisionPolicy POLICY =
      DecisionPolicy.builder("exact")
          .minimumGainPoints(5)
          .clusteredBy("customer")
          .mustNotRegress("tone")
          .mustNotRegress("refusal")
          .mustNotRegressOn(Slicing.byTag("region"))
          .build();

  @Test
  void aPlanSaysWhatTheTestSetCanShow() {
    StudyPlan study = StudyPlan.of(POLICY, 200, 2);

    assertThat(study.sentences())
        .containsExactly(
            "Planned: 200 test examples, graded by \"exact\"; the tuned model is to be better than"
                + " each of 2 baselines by 5.0 points at level 0.05.",
            "At worst they find a gain of 14.3 points or more over a baseline with a chance of"
                + " 80.0 %; 1,608 examples would find 5.0 points.",
            "Examples with one value of \"customer\" count as one group.",
            "It must not be worse by \"refusal\", by \"tone\", on each slice by region.");
    assertThat(study.findsMinimum()).isFalse();
    assertThat(StudyPlan.of(POLICY, 2000, 1).findsMinimum()).isTrue();
    assertThat(StudyPlan.of(POLICY, 3, 1).sentences().get(1))
        .startsWith("So few examples find no gain, however large, with a chance of 80.0 %; 1,608");
  }

  @Test
  void onlyWhatThePolicyNamesIsPlanned() {
    StudyPlan study = StudyPlan.of(POLICY, 200, 2);

    assertThat(study.isPlanned("exact")).isTrue();
    assertThat(study.isPlanned("tone")).isTrue();
    assertThat(study.isPlanned("length")).isFalse();
  }

  @Test
  void aPlanIsReadAsItWasWritten() {
    StudyPlan study = StudyPlan.of(POLICY, 200, 2);
    StudyPlan few =
        StudyPlan.of(DecisionPolicy.builder("exact").minimumGainPoints(0).build(), 2, 1);

    assertThat(StudyPlan.parse(study.json())).isEqualTo(study);
    assertThat(StudyPlan.parse(few.json())).isEqualTo(few);
    assertThat(StudyPlan.parse(study.json().replace("{\"version\"", "{\"later\":1,\"version\"")))
        .isEqualTo(study);
  }
}
