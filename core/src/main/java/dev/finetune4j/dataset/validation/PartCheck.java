package dev.finetune4j.dataset.validation;

import dev.finetune4j.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of content that is a list of parts. */
final class PartCheck {
  private static final Set<String> DETAILS = Set.of("auto", "low", "high");

  private PartCheck() {}

  static void check(List<?> parts, String role, String path, RecordFindings out) {
    if (parts.isEmpty()) {
      out.error(
          "empty-content",
          path,
          "The content is an empty list.",
          "Write what is said, or remove the message.");
    }
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), role, path + "[" + i + "]", out);
    }
  }

  private static void part(@Nullable Object item, String role, String path, RecordFindings out) {
    if (!(item instanceof Map<?, ?> part) || !(part.get("type") instanceof String type)) {
      out.error(
          "invalid-content-part",
          path,
          "A part of the content is no object with a type.",
          "Write it as {\"type\":\"text\",\"text\":\"...\"}.");
      return;
    }
    switch (type) {
      case "text", "refusal" -> text(part, type, role, path, out);
      case "image_url" -> image(part, role, path, out);
      default ->
          out.error(
              "invalid-content-part",
              path + ".type",
              "Content of the type \"" + type + "\" cannot be trained on.",
              "Use text or image_url, and refusal for an assistant.");
    }
  }

  private static void text(
      Map<?, ?> part, String type, String role, String path, RecordFindings out) {
    if (type.equals("refusal") && !role.equals("assistant")) {
      out.error(
          "invalid-content-part",
          path + ".type",
          "A message of the role " + role + " holds a refusal.",
          "Use a text part: only an assistant refuses.");
    } else if (!(part.get(type) instanceof String text)) {
      out.error(
          "invalid-content-part",
          path,
          "A part of the type \"" + type + "\" has no string \"" + type + "\".",
          "Add it.");
    } else if (text.isBlank()) {
      out.error(
          "empty-content",
          path + "." + type,
          "A part of the content is empty.",
          "Remove the part.");
    }
  }

  private static void image(Map<?, ?> part, String role, String path, RecordFindings out) {
    if (!role.isEmpty() && !role.equals("user")) {
      out.error(
          "misplaced-image",
          path,
          "A message of the role " + role + " holds an image.",
          "Move it into a user's message: images are trained on only there.");
    }
    Object image = part.get("image_url");
    Object location = image instanceof Map<?, ?> map ? map.get("url") : null;
    if (!(location instanceof String url) || !isLocation(url)) {
      out.error(
          "invalid-image",
          path + ".image_url",
          "The image has no usable location.",
          "Write image_url as an object whose url begins with https://, http:// or data:image/.");
    }
    Object detail = image instanceof Map<?, ?> map ? map.get("detail") : null;
    if (detail != null && !DETAILS.contains(detail)) {
      out.error(
          "invalid-image",
          path + ".image_url.detail",
          "The detail is " + Json.write(detail) + ".",
          "Use auto, low or high.");
    }
  }

  private static boolean isLocation(String url) {
    return url.startsWith("https://") || url.startsWith("http://") || url.startsWith("data:image/");
  }
}
