package dev.finetune4j.providerkit.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ImageRuleTest {
  private static final String PNG = "data:image/png;base64,iVBORw0KGgo=";

  @Test
  void asManyImagesAsTheCatalogSaysAreAllowed() {
    assertThat(check(limit(10), pictures(10, PNG))).isEmpty();
    assertThat(check(limit(10), pictures(11, PNG)))
        .containsExactly(
            new Finding(
                "image-limits",
                Severity.ERROR,
                ExampleLocation.line(7),
                "The example has 11 images; Service allows 10 (the guide, read on 2026-11-30).",
                "Remove some, or split the example."));
    assertThat(check(limit(64), pictures(64, PNG))).isEmpty();
  }

  @Test
  void aBaseModelOfTextTakesNoImage() {
    assertThat(check(limit(0), pictures(1, PNG)))
        .extracting(Finding::message)
        .containsExactly(
            "The example has an image; Service trains this base model on text only (the guide, read"
                + " on 2026-11-30).");
    assertThat(check(limit(0), ChatExample.of(Message.user("Hi"), Message.assistant("Ho"))))
        .isEmpty();
  }

  @Test
  void anUnknownBaseModelTakesAnyNumber() {
    assertThat(check(Optional.empty(), pictures(100, PNG))).isEmpty();
  }

  @Test
  void kindSizeAndRoleAreChecked() {
    assertThat(check(limit(10), pictures(1, "data:image/gif;base64,R0lGOD")))
        .extracting(Finding::message)
        .containsExactly("The image is not a JPEG, PNG or WEBP.");
    assertThat(check(limit(10), pictures(1, PNG + "A".repeat(15 << 20))))
        .extracting(Finding::message)
        .containsExactly("The image has about 11 MiB; Service allows 10.");
    ContentPart image = new ContentPart.Image(URI.create("https://example.com/a.png"));
    assertThat(
            check(
                limit(10),
                ChatExample.of(Message.user("Hi"), message(Role.ASSISTANT, List.of(image)))))
        .extracting(Finding::message)
        .containsExactly("An image is in a message of the role assistant.");
  }

  @Test
  void pairsHaveNoImages() {
    PreferenceExample pair =
        PreferenceExample.of(
            pictures(1, PNG).prompt(), Message.assistant("a"), Message.assistant("b"));

    assertThat(check(limit(10), pair))
        .extracting(Finding::message)
        .containsExactly("The pair has an image; Service learns preferences from text only.");
  }

  private static <E extends Example> List<Finding> check(Optional<CatalogEntry> base, E example) {
    return new ImageRule<E>("Service", base).check(example, ExampleLocation.line(7));
  }

  private static Optional<CatalogEntry> limit(long images) {
    return Optional.of(
        CatalogEntry.builder("base", "the guide", LocalDate.of(2026, 11, 30))
            .imagesPerExample(images)
            .build());
  }

  private static Message message(Role role, List<ContentPart> parts) {
    return new Message(role, parts, List.of(), Optional.empty(), Optional.empty(), true);
  }

  private static ChatExample pictures(int count, String location) {
    List<ContentPart> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new ContentPart.Image(URI.create(location)));
    }
    return ChatExample.of(message(Role.USER, parts), Message.assistant("A cat."));
  }
}
