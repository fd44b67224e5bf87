package dev.finetune4j.dataset.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.Datasets;
import dev.finetune4j.dataset.validation.DatasetProfile.Options;
import dev.finetune4j.dataset.validation.DatasetProfile.PromptIndex;
import dev.finetune4j.token.EstimatedTokenCounter;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.token.TokenStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetProfileTest {
  @TempDir Path directory;

  @Test
  void aValidatorThatLimitsTokensCountsEachExampleOnceForAllPurposes() throws Exception {
    AtomicInteger counted = new AtomicInteger();
    TokenCounter counter =
        new TokenCounter() {
          @Override
          public long count(String text) {
            return 1;
          }

          @Override
          public long count(Example example) {
            return counted.incrementAndGet();
          }

          @Override
          public boolean isExact() {
            return true;
          }
        };
    DatasetValidator<ChatExample> validator =
        DatasetValidator.builder(ChatExample.class).maximumTokens(30, counter).threads(1).build();

    DatasetProfile profile =
        validator.profile(file(0, 40), Options.none().counting(new EstimatedTokenCounter()));

    assertThat(counted.get()).isEqualTo(40);
    assertThat(profile.tokens().total()).isEqualTo(820);
    assertThat(profile.tokens().exact()).isTrue();
    assertThat(profile.validation().counts()).containsEntry("over-context", 10L);
  }

  @Test
  void aProfileEqualsWhatSeparateReadingsFind() throws Exception {
    Dataset<ChatExample> training = file(0, 40);
    Dataset<PromptExample> test =
        Dataset.of("test", PromptExample.class, file(35, 60).asPrompts().examples().toList());
    EstimatedTokenCounter counter = new EstimatedTokenCounter();
    DatasetValidator<ChatExample> validator = DatasetValidator.builder(ChatExample.class).build();
    PromptIndex prompts = new PromptIndex("test");
    DatasetProfile tested =
        DatasetValidator.builder(PromptExample.class)
            .build()
            .profile(test, Options.none().into(prompts));

    DatasetProfile profile =
        validator.profile(training, Options.none().counting(counter).cutAt(9).against(prompts));

    assertThat(tested.fingerprint()).isEqualTo(Fingerprint.of(test));
    assertThat(profile.fingerprint()).isEqualTo(Fingerprint.of(training));
    assertThat(profile.examples()).isEqualTo(40);
    assertThat(profile.tokens()).isEqualTo(TokenStatistics.measure(training, counter));
    assertThat(profile.trainedTokens())
        .isEqualTo(training.examples().mapToLong(it -> Math.min(9, counter.count(it))).sum());
    assertThat(profile.validation()).isEqualTo(validator.check(training));
    assertThat(profile.leakage().get(0).findings())
        .hasSize(5)
        .isEqualTo(LeakageCheck.between(training, test).findings());
  }

  @Test
  void aKnownSetThatHasChangedIsRefusedAtItsEnd() throws Exception {
    Dataset<ChatExample> set = file(0, 20);
    Dataset<ChatExample> known =
        DatasetValidator.builder(ChatExample.class).build().profile(set, Options.none()).known(set);
    assertThat(known.examples().toList()).hasSize(20);

    file(0, 19);

    assertThatThrownBy(() -> known.examples().toList())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has changed since it was checked");
  }

  private Dataset<ChatExample> file(int from, int to) throws Exception {
    List<String> lines =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"Name number %d for me\"},{\"role\":\"assistant\",\"content\":\"It is %d\"}]}"
                        .formatted(i, i * 7))
            .toList();
    Path file = directory.resolve(from + ".jsonl");
    Files.write(file, lines);
    return Datasets.openAiChat(file);
  }
}
