package dev.finetune4j.providerkit.job;

import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationRule;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Checks the images of examples as OpenAI and Azure do: at most 10 MB each; JPEG, PNG or WEBP; in
 * messages of the user; none in preferences; and no more in one example than the catalog says of
 * the base model. Images behind a URL are not downloaded, so their size is not known. Immutable and
 * thread-safe.
 *
 * @param <E> the kind of example
 */
public final class ImageRule<E extends Example> implements ValidationRule<E> {
  private static final long LARGEST_BYTES = 10L << 20;

  private final String service;
  private final OptionalLong most;
  private final String source;

  /**
   * Creates the rule of one service, for one base model.
   *
   * @param service the name of the service, for messages
   * @param base what the catalog says of the base model; empty if it is unknown, and then any
   *     number of images is accepted
   */
  public ImageRule(String service, Optional<CatalogEntry> base) {
    this.service = Objects.requireNonNull(service, "service");
    most = base.map(CatalogEntry::imagesPerExample).orElse(OptionalLong.empty());
    source = base.map(entry -> entry.source() + ", read on " + entry.asOf()).orElse("");
  }

  @Override
  public String id() {
    return "image-limits";
  }

  @Override
  public List<Finding> check(E example, ExampleLocation at) {
    List<Finding> findings = new ArrayList<>(0);
    List<Message> messages = example.messages();
    int images = 0;
    for (int index = 0; index < messages.size(); index++) {
      for (ContentPart part : messages.get(index).content()) {
        if (part instanceof ContentPart.Image image) {
          images++;
          ExampleLocation place =
              example instanceof PreferenceExample
                  ? at
                  : at.at("$.messages[" + index + "].content");
          check(image.location(), messages.get(index).role(), place, findings);
        }
      }
    }
    if (images > 0) {
      check(images, example instanceof PreferenceExample, at, findings);
    }
    return findings;
  }

  private void check(int images, boolean isPair, ExampleLocation at, List<Finding> findings) {
    if (isPair) {
      findings.add(
          error(
              at,
              "The pair has an image; " + service + " learns preferences from text only.",
              "Remove the pair, or describe the image in words."));
    } else if (images > most.orElse(Long.MAX_VALUE)) {
      findings.add(
          most.getAsLong() == 0
              ? error(
                  at,
                  "The example has an image; "
                      + service
                      + " trains this base model on"
                      + " text only ("
                      + source
                      + ").",
                  "Choose a base model that takes images, or remove the example.")
              : error(
                  at,
                  "The example has "
                      + images
                      + " images; "
                      + service
                      + " allows "
                      + most.getAsLong()
                      + " ("
                      + source
                      + ").",
                  "Remove some, or split the example."));
    }
  }

  private void check(URI location, Role role, ExampleLocation at, List<Finding> findings) {
    if (role != Role.USER) {
      findings.add(
          error(
              at,
              "An image is in a message of the role " + role.word() + ".",
              "Move it to a message of the user; others must not have images."));
    }
    String text = location.toString();
    if (!text.startsWith("data:")) {
      return;
    }
    String kind = text.substring(0, Math.min(text.length(), 40)).toLowerCase(Locale.ROOT);
    if (!kind.matches("data:image/(jpeg|jpg|png|webp)[;,].*")) {
      findings.add(
          error(
              at,
              "The image is not a JPEG, PNG or WEBP.",
              "Convert it; " + service + " skips examples with other formats."));
    }
    long bytes = (text.length() - text.indexOf(',') - 1L) * 3 / 4;
    if (bytes > LARGEST_BYTES) {
      findings.add(
          error(
              at,
              "The image has about " + (bytes >> 20) + " MiB; " + service + " allows 10.",
              "Reduce its size."));
    }
  }

  private Finding error(ExampleLocation at, String message, String suggestion) {
    return new Finding(id(), Severity.ERROR, at, message, suggestion);
  }
}
