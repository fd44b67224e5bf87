package dev.finetune4j.dataset.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.chat.ToolDefinition;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.DatasetSplit;
import java.net.URI;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reported faults of comparing and splitting examples; each test names the row of the report. */
final class ComparisonRowsTest {
  private static final Message SYSTEM = Message.system("You are helpful.");

  private static Dataset<ChatExample> chats(ChatExample... examples) {
    return Dataset.of("d", ChatExample.class, List.of(examples));
  }

  private static ChatExample picture(int number) {
    Message asked =
        new Message(
            Role.USER,
            List.of(
                new ContentPart.Text(
                    "Look at the picture and say which fruit it shows, in one word only."),
                new ContentPart.Image(URI.create("https://img.example.com/" + number + ".jpg"))),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false);
    return ChatExample.of(SYSTEM, asked, Message.assistant("pear"));
  }

  private static ValidationReport repeats(ChatExample... examples) {
    return DatasetValidator.builder(ChatExample.class)
        .minimumExamples(0)
        .without("missing-system-message")
        .without("undeclared-tool")
        .build()
        .check(chats(examples));
  }

  @Test
  void h15SameQuestionAboutOtherPicturesIsNeitherRepeatNorLeak() {
    assertThat(repeats(picture(1), picture(2)).findings()).isEmpty();
    assertThat(LeakageCheck.between(chats(picture(1)), chats(picture(2))).findings()).isEmpty();
    assertThat(repeats(picture(1), picture(1)).counts()).containsOnlyKeys("exact-duplicate");
    assertThat(LeakageCheck.between(chats(picture(1)), chats(picture(1))).findings()).hasSize(1);
  }

  @Test
  void h15AnotherDetailOrKindOfPartIsNoExactRepeat() {
    ContentPart low =
        new ContentPart.Image(URI.create("https://a.example/1.png"), Optional.of("low"));
    ContentPart high =
        new ContentPart.Image(URI.create("https://a.example/1.png"), Optional.of("high"));
    Message refusal = message(Role.ASSISTANT, new ContentPart.Refusal("I cannot."));

    assertThat(
            repeats(
                    ChatExample.of(message(Role.USER, low), Message.assistant("A cat.")),
                    ChatExample.of(message(Role.USER, high), Message.assistant("A cat.")))
                .counts())
        .doesNotContainKey("exact-duplicate");
    assertThat(
            repeats(
                    ChatExample.of(Message.user("Hi"), Message.assistant("I cannot.")),
                    ChatExample.of(Message.user("Hi"), refusal))
                .counts())
        .doesNotContainKey("exact-duplicate");
  }

  @Test
  void h16AnotherDescriptionOrStrictnessOfAToolMakesAnotherExample() {
    List<Message> messages =
        List.of(SYSTEM, Message.user("turn off the lamp"), Message.assistant("I cannot."));
    ToolDefinition plain = new ToolDefinition("a", "Switches.", "{}");
    for (ToolDefinition other :
        List.of(
            new ToolDefinition("a", "Dims.", "{}"),
            new ToolDefinition("a", "Switches.", "{}", true))) {
      assertThat(
              repeats(
                      new ChatExample(messages, List.of(plain)),
                      new ChatExample(messages, List.of(other)))
                  .findings())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"\u212B, \u00C5", "\u2126, \u03A9", "\uF900, \u8C48", "\u1F71, \u03AC"})
  void h17CharactersThatNfcReplacesAreTheSame(String one, String other) {
    Dataset<ChatExample> heldOut =
        chats(ChatExample.of(Message.user("What does " + one + " mean?"), Message.assistant("x")));
    Dataset<ChatExample> training =
        chats(
            ChatExample.of(Message.user("What does " + other + " mean?"), Message.assistant("x")));

    assertThat(LeakageCheck.between(training, heldOut).findings()).hasSize(1);
  }

  private static Message message(Role role, ContentPart part) {
    return new Message(role, List.of(part), List.of(), Optional.empty(), Optional.empty(), true);
  }

  @Test
  void h16OtherToolsMakeAnotherExample() {
    List<Message> messages =
        List.of(SYSTEM, Message.user("turn off the lamp"), Message.assistant("I cannot."));
    ChatExample first = new ChatExample(messages, List.of(new ToolDefinition("a", "", "{}")));
    ChatExample second = new ChatExample(messages, List.of(new ToolDefinition("b", "", "{}")));

    assertThat(repeats(first, second).findings()).isEmpty();
  }

  @Test
  void h16OtherWeightsMakeAnotherExample() {
    ChatExample both =
        ChatExample.of(
            SYSTEM,
            Message.user("a"),
            Message.assistant("b"),
            Message.user("c"),
            Message.assistant("d"));
    ChatExample last =
        ChatExample.of(
            SYSTEM,
            Message.user("a"),
            Message.assistant("b").untrained(),
            Message.user("c"),
            Message.assistant("d"));

    assertThat(repeats(both, last).counts())
        .doesNotContainKeys("exact-duplicate", "near-duplicate");
  }

  @Test
  void h17ShortQuestionsLeakWhateverTheInstructionsAndTheFormOfTheText() {
    Dataset<ChatExample> heldOut =
        chats(
            ChatExample.of(
                Message.user("What is the capital of France?"), Message.assistant("Paris")),
            ChatExample.of(
                Message.user("Price of the\u00a0Alpha\u00a03000 set"), Message.assistant("10")),
            ChatExample.of(
                Message.user("Where is the cafe\u0301 Rouge?"), Message.assistant("There")));
    Dataset<ChatExample> training =
        chats(
            ChatExample.of(
                SYSTEM, Message.user("What is the capital of France?"), Message.assistant("Paris")),
            ChatExample.of(Message.user("Price of the Alpha 3000 set"), Message.assistant("10")),
            ChatExample.of(Message.user("Where is the caf\u00e9 Rouge?"), Message.assistant("x")),
            ChatExample.of(
                Message.user("What is the capital of France?"),
                Message.assistant("Paris"),
                Message.user("Thanks"),
                Message.assistant("Welcome")),
            ChatExample.of(Message.user("What is the capital of Spain?"), Message.assistant("M")));

    assertThat(LeakageCheck.between(training, heldOut).findings())
        .extracting(finding -> finding.at().line())
        .containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void h18PartsStayApartInParallelStreams() {
    Dataset<ChatExample> all =
        Dataset.of(
            "d",
            ChatExample.class,
            IntStream.range(0, 20_000)
                .mapToObj(i -> ChatExample.of(Message.user("q" + i), Message.assistant("a")))
                .toList());
    DatasetSplit<ChatExample> split = all.split(0.8, 5);
    Set<ChatExample> training = new HashSet<>(split.training().examples().toList());

    assertThat(split.validation().examples().parallel().filter(training::contains).count())
        .isZero();
    assertThat(split.training().examples().parallel().collect(Collectors.toSet()))
        .isEqualTo(training);
  }

  @Test
  void h19JoinedSetsAreReadOneExampleAtATime() {
    AtomicInteger read = new AtomicInteger();
    Dataset<ChatExample> part =
        Dataset.of(
                "d",
                ChatExample.class,
                IntStream.range(0, 1000)
                    .mapToObj(i -> ChatExample.of(Message.user("q" + i), Message.assistant("a")))
                    .toList())
            .filter(example -> read.incrementAndGet() > 0);
    Iterator<ChatExample> joined =
        Dataset.concatenate("two", List.of(part, part)).examples().iterator();

    joined.next();

    assertThat(read.get()).isLessThan(3);
    joined.forEachRemaining(example -> {});
    assertThat(read.get()).isEqualTo(2000);
  }

  @Test
  void h25NoSideOfASplitIsEmptyUnlessAskedFor() {
    Dataset<ChatExample> all =
        Dataset.of(
            "d",
            ChatExample.class,
            IntStream.range(0, 100)
                .mapToObj(
                    i -> ChatExample.of(Message.user(i % 2 + ":" + i), Message.assistant("a")))
                .toList());

    for (double fraction : new double[] {0.001, 0.5, 0.8, 0.999}) {
      DatasetSplit<ChatExample> groups =
          all.splitByGroup(e -> e.messages().get(0).text().substring(0, 1), fraction, 1);
      DatasetSplit<ChatExample> single = all.split(fraction, 1);
      assertThat(groups.training().size()).isEqualTo(50);
      assertThat(groups.validation().size()).isEqualTo(50);
      assertThat(single.training().size()).isBetween(1L, 99L);
    }
    assertThat(all.split(1, 1).validation().size()).isZero();
    assertThatThrownBy(() -> all.splitByGroup(e -> "one", 0.8, 1))
        .hasMessageContaining("one group cannot be split");
  }
}
