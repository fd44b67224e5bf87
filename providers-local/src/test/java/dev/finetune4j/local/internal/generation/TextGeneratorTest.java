package dev.finetune4j.local.internal.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.local.internal.decoder.BaseModel;
import dev.finetune4j.local.internal.generation.GenerationResult.Finish;
import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import dev.finetune4j.local.internal.trainer.MicroModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TextGeneratorTest {
  private BaseModel base;
  private TextGenerator generator;

  @BeforeEach
  void load() throws Exception {
    base = BaseModel.load(MicroModel.folder());
    generator = new TextGenerator(base, 2);
    generator.addAdapter("tuned", MicroModel.folder().resolve("adapter"));
  }

  @AfterEach
  void close() {
    generator.close();
    base.close();
  }

  @Test
  void theLikeliestAnswerIsAlwaysTheSame() throws Exception {
    GenerationResult first = generator.generate(request("the other").build());
    GenerationResult second = generator.generate(request("the other").build());

    assertThat(second).isEqualTo(first);
    assertThat(first.completionTokens()).isEqualTo(24);
    assertThat(first.finish()).isEqualTo(Finish.LENGTH);
  }

  @Test
  void answersAskedForAtOnceAreThoseAskedForOneByOne() throws Exception {
    List<String> oneByOne = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      oneByOne.add(generator.generate(request("q".repeat(i + 1)).build()).text());
    }
    ExecutorService callers = Executors.newFixedThreadPool(24);
    List<Future<String>> atOnce = new ArrayList<>();

    for (int i = 0; i < 24; i++) {
      GenerationRequest request = request("q".repeat(i + 1)).build();
      atOnce.add(callers.submit(() -> generator.generate(request).text()));
    }
    List<String> answers = new ArrayList<>();
    for (Future<String> answer : atOnce) {
      answers.add(answer.get());
    }
    callers.shutdown();

    assertThat(answers).isEqualTo(oneByOne);
  }

  @Test
  void anAdapterAnswersDifferentlyAndTheBaseStaysAsItIs() throws Exception {
    String before = generator.generate(request("the").build()).text();
    String adapted = generator.generate(request("the").adapter("tuned").build()).text();
    String after = generator.generate(request("the").build()).text();

    assertThat(adapted).isNotEqualTo(before);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void streamedPiecesMakeUpTheWholeText() throws Exception {
    List<String> pieces = new ArrayList<>();

    GenerationResult result = generator.generate(request("stream").build(), pieces::add);

    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(String.join("", pieces)).isEqualTo(result.text());
  }

  @Test
  void theAnswerEndsBeforeAStopText() throws Exception {
    String whole = generator.generate(request("stop").build()).text();
    String stop = whole.substring(5, 8);
    List<String> pieces = new ArrayList<>();

    GenerationResult result =
        generator.generate(request("stop").stop(List.of(stop)).build(), pieces::add);

    assertThat(result.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
    assertThat(String.join("", pieces)).isEqualTo(result.text());
    assertThat(result.finish()).isEqualTo(Finish.STOP);
  }

  @Test
  void drawsFollowFromTheSeed() throws Exception {
    String first =
        generator.generate(request("draw").temperature(1).topP(0.9).seed(1).build()).text();
    String again =
        generator.generate(request("draw").temperature(1).topP(0.9).seed(1).build()).text();
    String other =
        generator.generate(request("draw").temperature(1).topP(0.9).seed(2).build()).text();

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void aListenerThatThrowsEndsItsAnswerOnly() throws Exception {
    GenerationRequest request = request("broken").build();

    assertThatThrownBy(
            () ->
                generator.generate(
                    request,
                    text -> {
                      throw new IllegalStateException("the caller hung up");
                    }))
        .hasMessage("the caller hung up");

    assertThat(generator.generate(request("next").build()).completionTokens()).isEqualTo(24);
  }

  @Test
  void theAnswerStopsWhereTheContextEnds() throws Exception {
    GenerationResult result =
        generator.generate(request("q".repeat(90)).maximumTokens(500).build());

    assertThat(result.promptTokens() + result.completionTokens()).isLessThanOrEqualTo(128);
  }

  @Test
  void aConversationThatFillsTheContextIsRefused() {
    GenerationRequest request = request("q".repeat(200)).build();

    assertThatThrownBy(() -> generator.generate(request))
        .hasMessageContaining("the model reads at most 127");
  }

  @Test
  void anUnknownAdapterIsRefused() {
    GenerationRequest request = request("the").adapter("unknown").build();

    assertThatThrownBy(() -> generator.generate(request))
        .hasMessage("no adapter is called unknown; there are [tuned]");
  }

  private static GenerationRequest.Builder request(String question) {
    return GenerationRequest.builder(List.of(ChatMessage.of("user", question))).maximumTokens(24);
  }
}
