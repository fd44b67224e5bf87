package dev.finetune4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TransformsTest {

  private static Dataset<ChatExample> numbers(int count) {
    return Dataset.of(
        "numbers",
        ChatExample.class,
        IntStream.range(0, count)
            .mapToObj(i -> ChatExample.of(Message.user("u" + i), Message.assistant("a" + i)))
            .toList());
  }

  private static <E extends Example> List<E> all(Dataset<E> dataset) {
    try (Stream<E> examples = dataset.examples()) {
      return examples.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 77, -5})
  void aSplitIsCompleteAndDeterminedByTheSeed(long seed) {
    Dataset<ChatExample> dataset = numbers(101);

    DatasetSplit<ChatExample> split = dataset.split(0.8, seed);
    List<ChatExample> training = all(split.training());
    Set<ChatExample> both = new HashSet<>(training);
    both.addAll(all(split.validation()));

    assertThat(training).hasSize(81).isEqualTo(all(dataset.split(0.8, seed).training()));
    assertThat(split.validation().size()).isEqualTo(20);
    assertThat(both).hasSize(101);
    assertThat(training).isNotEqualTo(all(dataset.split(0.8, seed + 1).training()));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void noGroupIsOnBothSidesAndTheFractionIsReached(long seed) {
    Random random = new Random(seed);
    int groups = 2 + random.nextInt(39);
    int[] groupOf = random.ints(300, 0, groups).toArray();
    Dataset<ChatExample> dataset = numbers(300);
    double fraction = random.nextDouble();

    DatasetSplit<ChatExample> split =
        dataset.splitByGroup(example -> "g" + groupOf[number(example)], fraction, seed);
    List<Integer> training = all(split.training()).stream().map(TransformsTest::number).toList();
    List<Integer> validation =
        all(split.validation()).stream().map(TransformsTest::number).toList();
    Set<Integer> trainingGroups = new HashSet<>();
    training.forEach(i -> trainingGroups.add(groupOf[i]));

    assertThat(training.size() + validation.size()).isEqualTo(300);
    assertThat(validation).noneMatch(i -> trainingGroups.contains(groupOf[i]));
    long validationGroups = validation.stream().map(i -> groupOf[i]).distinct().count();
    assertThat(validationGroups).isPositive();
    if (validationGroups > 1) {
      assertThat(training.size()).isGreaterThanOrEqualTo((int) Math.round(300 * fraction));
    }
    assertThat(training).isSorted();
  }

  private static int number(ChatExample example) {
    return Integer.parseInt(example.answer().substring(1));
  }

  @Test
  void shufflingKeepsAllExamplesAndIsDeterminedByTheSeed() {
    Dataset<ChatExample> dataset = numbers(40_000);

    List<ChatExample> shuffled = all(dataset.shuffle(7));

    assertThat(shuffled).isNotEqualTo(all(dataset)).isNotEqualTo(all(dataset.shuffle(8)));
    assertThat(shuffled).isEqualTo(all(dataset.shuffle(7)));
    assertThat(new HashSet<>(shuffled)).hasSize(40_000);
  }

  @Test
  void aSampleKeepsTheOrderAndIsNeverLargerThanTheSet() {
    Dataset<ChatExample> dataset = numbers(50);

    List<Integer> sample = all(dataset.sample(10, 3)).stream().map(e -> number(e)).toList();

    assertThat(sample).hasSize(10).isSorted();
    assertThat(dataset.sample(1000, 3).fingerprint()).isEqualTo(dataset.fingerprint());
  }

  @Test
  void mappingFilteringAndConcatenatingAreRepeatable() {
    Dataset<ChatExample> dataset = numbers(6);

    Dataset<PromptExample> prompts =
        dataset
            .filter(example -> number(example) % 2 == 0)
            .map(PromptExample.class, PromptExample::from);
    Dataset<PromptExample> twice = Dataset.concatenate("twice", List.of(prompts, prompts));

    assertThat(prompts.exampleType()).isEqualTo(PromptExample.class);
    assertThat(twice.size()).isEqualTo(6);
    assertThat(all(twice).get(4).requireReference(PromptExample.ANSWER)).isEqualTo("a2");
  }

  @Test
  void theFingerprintOfAKnownSetNeverChanges() {
    assertThat(numbers(2).fingerprint().value())
        .isEqualTo("3cc002e4601e2c013a08865dd0d53f320d8239c8f6c5cdea727a638e9b95898d");
  }

  @Test
  void everyKindOfExampleIsAPromptWithItsAnswer() {
    List<Message> question = List.of(Message.user("2 + 2"));
    Dataset<PreferenceExample> pairs =
        Dataset.of(
            "pairs",
            List.of(
                PreferenceExample.of(question, Message.assistant("4"), Message.assistant("5"))));
    PromptExample prompt = PromptExample.of(question, "4");

    assertThat(all(numbers(1).asPrompts()))
        .containsExactly(PromptExample.of(List.of(Message.user("u0")), "a0"));
    assertThat(all(pairs.asPrompts())).containsExactly(prompt);
    assertThat(all(Dataset.of("prompts", List.of(prompt)).asPrompts())).containsExactly(prompt);
    assertThat(pairs.exampleType()).isEqualTo(PreferenceExample.class);
  }

  @Test
  void theKindOfAnEmptyListIsUnknown() {
    assertThatThrownBy(() -> Dataset.of("empty", List.<ChatExample>of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot infer the kind of example of an empty list; use of(name, type, examples).");
  }
}
