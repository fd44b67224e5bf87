package dev.finetune4j.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.inference.ChatResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BaselinesTest {
  private static final Dataset<ChatExample> POOL =
      Dataset.of(
          "pool",
          ChatExample.class,
          Stream.of("apple pie", "beef stew", "plum pie", "fish soup", "onion soup")
              .map(
                  dish ->
                      ChatExample.of(
                          Message.system("Cook."),
                          Message.user("How is " + dish + " made?"),
                          Message.assistant(dish + " recipe")))
              .toList());
  private static final ChatRequest QUESTION =
      ChatRequest.builder(
              List.of(Message.system("Be brief."), Message.user("How is onion pie made?")))
          .maximumTokens(7)
          .build();

  /** Answers with what it was asked, one message a line. */
  private static final ChatModel ECHO =
      request ->
          ChatResponse.of(
              String.join(
                  "\n",
                  request.messages().stream()
                      .map(message -> message.role().word() + ": " + message.text())
                      .toList()));

  @Test
  void zeroShotDoesNotChangeTheQuestion() {
    Baseline baseline = Baselines.zeroShot();

    String asked = baseline.on(ECHO).chat(QUESTION).text();

    assertThat(baseline.name()).isEqualTo("zero-shot");
    assertThat(asked).isEqualTo("system: Be brief.\nuser: How is onion pie made?");
  }

  @Test
  void fewShotShowsExamplesBetweenInstructionsAndQuestion() {
    Baseline baseline = Baselines.fewShot(POOL, 2);

    List<String> asked = baseline.on(ECHO).chat(QUESTION).text().lines().toList();

    assertThat(baseline.name()).isEqualTo("few-shot (2)");
    assertThat(asked).hasSize(6);
    assertThat(asked.get(0)).isEqualTo("system: Be brief.");
    assertThat(asked.get(1)).startsWith("user: How is ");
    assertThat(asked.get(2)).startsWith("assistant: ").endsWith(" recipe");
    assertThat(asked.get(5)).isEqualTo("user: How is onion pie made?");
    assertThat(asked).doesNotContain("system: Cook.").doesNotHaveDuplicates();
  }

  @Test
  void theSeedDeterminesTheExamplesOfFewShot() {
    String asked = Baselines.fewShot(POOL, 3).on(ECHO).chat(QUESTION).text();

    assertThat(Baselines.fewShot(POOL, 3).on(ECHO).chat(QUESTION).text()).isEqualTo(asked);
    assertThat(Stream.of(1L, 2L, 3L, 4L))
        .anySatisfy(
            seed ->
                assertThat(Baselines.fewShot(POOL, 3, seed).on(ECHO).chat(QUESTION).text())
                    .isNotEqualTo(asked));
  }

  @Test
  void nearestFewShotShowsTheMostSimilarExampleLast() {
    Baseline baseline = Baselines.nearestFewShot(POOL, 3);

    List<String> asked = baseline.on(ECHO).chat(QUESTION).text().lines().toList();

    // Only one prompt shares the rarest word, onion; two share pie.
    assertThat(asked.get(5)).isEqualTo("user: How is onion soup made?");
    assertThat(asked.subList(1, 5))
        .contains("user: How is apple pie made?", "user: How is plum pie made?");
    assertThat(asked.get(7)).isEqualTo("user: How is onion pie made?");
  }

  @Test
  void otherSettingsOfTheQuestionAreKept() {
    int[] limit = new int[1];
    ChatModel recording =
        request -> {
          limit[0] = request.maximumTokens().orElse(0);
          return ChatResponse.of("");
        };

    Baselines.fewShot(POOL, 1).on(recording).chat(QUESTION);

    assertThat(limit[0]).isEqualTo(7);
  }

  @Test
  void aPoolThatIsTooSmallIsRejected() {
    assertThatThrownBy(() -> Baselines.fewShot(POOL, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be from 1 to the 5 examples of \"pool\", was 6");
    assertThatThrownBy(() -> Baselines.nearestFewShot(POOL, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPoolThatIsNamedLaterGivesTheSameBaseline() {
    Baseline combined = Baselines.systemPrompt("brief", "Be brief.").with(Baselines.fewShot(2));

    Baseline bound = combined.withExamples(POOL);

    assertThat(combined.name()).isEqualTo("brief + few-shot (2)");
    assertThat(bound.on(ECHO).chat(QUESTION).text())
        .isEqualTo(Baselines.fewShot(POOL, 2).on(ECHO).chat(QUESTION).text());
    assertThat(Baselines.nearestFewShot(3).withExamples(POOL).on(ECHO).chat(QUESTION).text())
        .isEqualTo(Baselines.nearestFewShot(POOL, 3).on(ECHO).chat(QUESTION).text());
  }

  @Test
  void examplesWithoutAPoolAreRefused() {
    Dataset<PromptExample> prompts = POOL.asPrompts();

    assertThatThrownBy(() -> Baselines.fewShot(2).on(ECHO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The baseline \"few-shot (2)\" has no examples. Give it a pool, or use it in a plan.");
    assertThatThrownBy(() -> Baselines.fewShot(2).withExamples(prompts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The baseline \"few-shot (2)\" shows conversations, and \"pool\" has none. Give it a"
                + " pool of conversations.");
  }
}
