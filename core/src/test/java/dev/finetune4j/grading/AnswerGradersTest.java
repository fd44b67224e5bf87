package dev.finetune4j.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.cost.CostGrader;
import dev.finetune4j.cost.InferencePrice;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.evaluation.Evaluation;
import dev.finetune4j.evaluation.EvaluationReport;
import dev.finetune4j.grading.spec.GraderSpec;
import dev.finetune4j.grading.spec.LocalGraders;
import dev.finetune4j.grading.spec.StringOperation;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Graders that look at more than the text: tool calls, tokens, time. */
final class AnswerGradersTest {
  private static final PromptExample WEATHER =
      new PromptExample(
          List.of(Message.user("What is the weather in Oslo and Lima?")),
          Map.of(
              "tool_calls",
              ReferenceValue.json(
                  "[{\"name\":\"weather\",\"arguments\":{\"city\":\"Oslo\",\"days\":1}},"
                      + "{\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Lima\\\"}\"}}]")),
          List.of());

  private static SampledAnswer calling(ToolCall... calls) {
    return new SampledAnswer(
        ChatResponse.of(Message.calling(List.of(calls))).withUsage(new TokenUsage(90, 10)),
        Duration.ofMillis(800));
  }

  private static ToolCall weather(String arguments) {
    return new ToolCall("call_1", "weather", arguments);
  }

  @Test
  void toolCallsAreComparedAsJsonInAnyOrder() {
    Grade grade =
        Graders.toolCalls()
            .grade(
                WEATHER,
                calling(
                    weather("{\"city\": \"Lima\"}"), weather("{\"days\":1.0,\"city\":\"Oslo\"}")));

    assertThat(grade).isEqualTo(Grade.pass());
  }

  @Test
  void aWrongArgumentHalvesTheScoreOfTwoCalls() {
    Grade grade =
        Graders.toolCalls()
            .grade(
                WEATHER, calling(weather("{\"city\":\"Lima\"}"), weather("{\"city\":\"Paris\"}")));

    assertThat(grade.score()).isEqualTo(0.5);
    assertThat(grade.passed()).isFalse();
    assertThat(grade.reason())
        .contains(
            "1 of 2 tool calls found, 1 unexpected. First missing:"
                + " weather({\"city\":\"Oslo\",\"days\":1}). First unexpected:"
                + " weather({\"city\":\"Paris\"}).");
  }

  @Test
  void argumentsThatAreNotJsonScoreZero() {
    Grade grade = Graders.toolCalls().grade(WEATHER, calling(weather("{city: Lima")));

    assertThat(grade.score()).isZero();
  }

  @Test
  void aReferenceThatIsNotAListOfCallsIsAnErrorInTheExample() {
    PromptExample broken = PromptExample.of(List.of(Message.user("x")), "weather()");

    assertThatThrownBy(() -> Graders.toolCalls("answer").grade(broken, calling()))
        .hasMessageStartingWith("The reference \"answer\" is not a list of tool calls:");
  }

  @Test
  void anEvaluationPassesToolCallsToItsGraders() throws InterruptedException {
    Evaluation evaluation =
        Evaluation.builder(Dataset.of("calls", PromptExample.class, List.of(WEATHER)))
            .grader("calls", Graders.toolCalls())
            .grader("quick", Graders.latencyWithin(Duration.ofMinutes(1)))
            .build();
    List<ToolCall> both =
        List.of(weather("{\"city\":\"Lima\"}"), weather("{\"city\":\"Oslo\",\"days\":1}"));

    EvaluationReport report =
        evaluation.run("base", request -> ChatResponse.of(Message.calling(both)));

    assertThat(report.score("calls").passRate()).isEqualTo(1);
    assertThat(report.score("quick").passRate()).isEqualTo(1);
  }

  @Test
  void templatesCanReferToToolCalls() {
    GraderSpec spec =
        new GraderSpec.StringCheck(
            "tools", "{{sample.output_tools}}", "\"weather\"", StringOperation.CONTAINS);

    Grade grade = LocalGraders.withoutJudges().of(spec).grade(WEATHER, calling(weather("{}")));

    assertThat(grade).isEqualTo(Grade.pass());
  }

  @Test
  void answersOverLimitsOfTimeTokensOrCostFail() {
    SampledAnswer answer = calling();
    InferencePrice price = new InferencePrice(Money.dollars("10"), Money.dollars("30"));

    assertThat(Graders.latencyWithin(Duration.ofSeconds(1)).grade(WEATHER, answer).passed())
        .isTrue();
    assertThat(Graders.latencyWithin(Duration.ofMillis(799)).grade(WEATHER, answer).reason())
        .contains("It took PT0.8S; the limit is PT0.799S.");
    assertThat(Graders.tokensWithin(100).grade(WEATHER, answer).passed()).isTrue();
    assertThat(Graders.tokensWithin(99).grade(WEATHER, answer).passed()).isFalse();
    assertThat(CostGrader.within(price, Money.dollars("0.0012")).grade(WEATHER, answer).passed())
        .isTrue();
    assertThat(CostGrader.within(price, Money.dollars("0.0011")).grade(WEATHER, answer).reason())
        .contains("It cost 0.0012 USD; the limit is 0.0011.");
  }

  @Test
  void tokensWithinThrowsIfNoUsageWasReported() {
    assertThatThrownBy(() -> Graders.tokensWithin(5).grade(WEATHER, "text"))
        .hasMessage("The server did not report its token usage.");
  }

  @Test
  void onReferenceAppliesToToolCallGraders() {
    Grader grader = Graders.onReference("tool_calls", Graders.toolCalls("answer"));

    Grade grade =
        grader.grade(
            WEATHER,
            calling(weather("{\"city\":\"Lima\"}"), weather("{\"city\":\"Oslo\",\"days\":1}")));

    assertThat(grade.passed()).isTrue();
  }
}
