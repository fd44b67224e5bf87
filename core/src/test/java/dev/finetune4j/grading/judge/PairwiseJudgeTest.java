package dev.finetune4j.grading.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.grading.Grade;
import dev.finetune4j.grading.Grader;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.inference.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PairwiseJudgeTest {
  private static final Pattern ANSWER = Pattern.compile("(?s)<answer name=\"(.)\">\n(.*?)\n<");

  private final JudgeTally tally = new JudgeTally();

  private static ChatResponse verdict(String result) {
    return ChatResponse.of("{\"reason\":\"it is so\",\"result\":\"" + result + "\"}")
        .withUsage(new TokenUsage(10, 2));
  }

  /** Prefers the longer answer, wherever it stands. */
  private static ChatResponse longer(ChatRequest request) {
    List<Message> messages = request.messages();
    Matcher matcher = ANSWER.matcher(messages.get(messages.size() - 1).text());
    List<Integer> lengths = new ArrayList<>();
    while (matcher.find()) {
      lengths.add(matcher.group(2).length());
    }
    return verdict(lengths.get(0) > lengths.get(1) ? "A" : "B");
  }

  @Test
  void anAnswerPreferredInBothOrdersWins() {
    PairwiseJudge judge = PairwiseJudge.of(PairwiseJudgeTest::longer).counting(tally);

    PairwiseJudge.Preference preference = judge.prefer("Why?", "short", "much longer");

    assertThat(preference.choice()).isEqualTo(PairwiseJudge.Choice.SECOND);
    assertThat(preference.consistent()).isTrue();
    assertThat(tally.counts()).isEqualTo(new JudgeTally.Counts(2, 2, 0, 0, new TokenUsage(20, 4)));
  }

  @Test
  void aJudgeThatFavoursOnePositionYieldsTies() {
    PairwiseJudge judge = PairwiseJudge.of(request -> verdict("A"));

    PairwiseJudge.Preference preference = judge.prefer("Why?", "this", "that");

    assertThat(preference.choice()).isEqualTo(PairwiseJudge.Choice.TIE);
    assertThat(preference.consistent()).isFalse();
  }

  @Test
  void identicalAnswersNeedNoRequest() {
    PairwiseJudge judge =
        PairwiseJudge.of(
            request -> {
              throw new AssertionError("It was asked.");
            });

    assertThat(judge.prefer("Why?", "x", "x").choice()).isEqualTo(PairwiseJudge.Choice.TIE);
  }

  @Test
  void theGraderScoresBetterAnswersOneAndWorseAnswersZero() {
    PromptExample example = PromptExample.of(List.of(Message.user("Why?")), "because of it");
    Grader grader = PairwiseJudge.of(PairwiseJudgeTest::longer).againstReference();

    assertThat(grader.grade(example, "because of the weather").score()).isEqualTo(1);
    assertThat(grader.grade(example, "so")).extracting(Grade::passed).isEqualTo(false);
    assertThat(grader.grade(example, "because of it").score()).isEqualTo(0.5);
  }

  @Test
  void refusalsAreCountedButNotRetried() {
    Message refusal =
        new Message(
            Role.ASSISTANT,
            List.of(new ContentPart.Refusal("I do not judge.")),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false);
    ChatModel model = request -> ChatResponse.of(refusal);
    PairwiseJudge judge = PairwiseJudge.of(model).counting(tally);

    assertThatThrownBy(() -> judge.prefer("Why?", "a", "b"))
        .hasMessage("The judge of \"preference\" refused: I do not judge.");
    assertThat(tally.counts().refusals()).isEqualTo(1);
    assertThat(tally.counts().requests()).isEqualTo(1);
  }

  @Test
  void unusableAnswersAreRetriedAndCounted() {
    PairwiseJudge judge = PairwiseJudge.of(request -> verdict("C")).counting(tally);

    assertThatThrownBy(() -> judge.prefer("Why?", "a", "b"))
        .hasMessageStartingWith(
            "The judge of \"preference\" gave no verdict (one of [A, B, tie]) in 3 answers;");
    assertThat(tally.counts().unusable()).isEqualTo(3);
  }
}
