package dev.finetune4j.openai;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.PreferenceExample;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.ExampleLocation;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.Severity;
import dev.finetune4j.dataset.validation.ValidationRule;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks what OpenAI requires of examples beyond the neutral rules: the number, format and size of
 * images, and the names that reinforcement reserves. From its fine-tuning guides, read on
 * 2026-11-22. Stateless.
 */
final class OpenAiRules<E extends Example> implements ValidationRule<E> {
  static final String ID = "openai-limits";

  private static final int MOST_IMAGES = 64;
  private static final long LARGEST_IMAGE_BYTES = 10L << 20;
  private static final Set<String> RESERVED = Set.of("messages", "tools", "parallel_tool_calls");

  @Override
  public String id() {
    return ID;
  }

  @Override
  public List<Finding> check(E example, ExampleLocation at) {
    List<Finding> findings = new ArrayList<>();
    if (example instanceof ChatExample chat) {
      lookAtImages(chat.messages(), at, findings);
    } else if (example instanceof PreferenceExample pair) {
      lookForImages(pair, at, findings);
    } else if (example instanceof PromptExample prompt) {
      lookAtImages(prompt.prompt(), at, findings);
      lookAtNames(prompt, at, findings);
    }
    return findings;
  }

  private static void lookAtImages(
      List<Message> messages, ExampleLocation at, List<Finding> findings) {
    int images = 0;
    for (int index = 0; index < messages.size(); index++) {
      for (ContentPart part : messages.get(index).content()) {
        if (part instanceof ContentPart.Image image) {
          images++;
          checkImage(image.location(), at.at("$.messages[" + index + "].content"), findings);
        }
      }
    }
    if (images > MOST_IMAGES) {
      findings.add(
          error(
              at,
              "The example has " + images + " images; OpenAI allows " + MOST_IMAGES + ".",
              "Remove some, or split the example."));
    }
  }

  private static void checkImage(URI location, ExampleLocation at, List<Finding> findings) {
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
              "Convert it; OpenAI skips examples with other formats."));
    }
    long bytes = (text.length() - text.indexOf(',') - 1L) * 3 / 4;
    if (bytes > LARGEST_IMAGE_BYTES) {
      findings.add(
          error(
              at,
              "The image has about " + (bytes >> 20) + " MiB; OpenAI allows 10.",
              "Reduce its size."));
    }
  }

  private static void lookForImages(
      PreferenceExample pair, ExampleLocation at, List<Finding> findings) {
    boolean any =
        pair.messages().stream()
            .flatMap(message -> message.content().stream())
            .anyMatch(ContentPart.Image.class::isInstance);
    if (any) {
      findings.add(
          error(
              at,
              "The pair has an image; OpenAI learns preferences from text only.",
              "Remove the pair, or describe the image in words."));
    }
  }

  private static void lookAtNames(
      PromptExample prompt, ExampleLocation at, List<Finding> findings) {
    for (String name : prompt.reference().keySet()) {
      if (RESERVED.contains(name)) {
        findings.add(
            error(
                at.at("$." + name),
                "The reference name \"" + name + "\" is reserved by the format.",
                "Rename it, here and in the grader."));
      }
    }
  }

  private static Finding error(ExampleLocation at, String message, String suggestion) {
    return new Finding(ID, Severity.ERROR, at, message, suggestion);
  }
}
