package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.ToolCall;
import dev.finetune4j.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a message whose content is a list: texts, images, refusals, calls, reasoning. */
final class ContentGrammar {
  private static final Set<String> IMAGE_DETAILS = Set.of("auto", "low", "high");
  private static final String INVALID_PART = "invalid-content-part";
  private static final String INVALID_IMAGE = "invalid-image";

  private ContentGrammar() {}

  /** Reads a part of a message's content; {@code role} is empty if it is not known. */
  static void read(RecordNode part, String role, Pictures pictures, List<ContentPart> parts) {
    RecordNode type = part.find("type");
    if (type == null || !(type.value() instanceof String word)) {
      part.fail(
          INVALID_PART,
          "A part of the content is not an object with a type.",
          "Write it as {\"type\":\"text\",\"text\":\"...\"}.");
      return;
    }
    switch (word) {
      case "text", "refusal" -> textPart(part, type, role, parts);
      case "image_url", "image" -> image(part, role, pictures, parts);
      case "thinking", "reasoning" -> {
        part.warning(
            "not-kept",
            "The reasoning in a part of the content is not kept.",
            "Write it into the text, if the model should learn it.");
        return;
      }
      case "tool_call" -> {
        return;
      }
      default -> {
        type.fail(
            INVALID_PART,
            "Unsupported content type \"" + word + "\".",
            "Use text or image_url, or refusal in an assistant message.");
        return;
      }
    }
    part.warnOfUnread("a part of the content");
  }

  private static void textPart(
      RecordNode part, RecordNode type, String role, List<ContentPart> parts) {
    String word = String.valueOf(type.value());
    boolean isRefusal = word.equals("refusal");
    // LLaMA-Factory's newer files have the text of every part in "value".
    RecordNode node = part.findAny(word, "value");
    if (isRefusal && !role.equals("assistant")) {
      type.error(
          INVALID_PART,
          "A message with the role " + role + " contains a refusal.",
          "Use a text part: only the assistant can refuse.");
    }
    if (node == null || !(node.value() instanceof String text)) {
      part.fail(
          INVALID_PART,
          "A part with the type \"" + word + "\" has no string \"" + word + "\".",
          "Add it.");
      return;
    }
    if (text.isBlank()) {
      node.error("empty-content", "A part of the content is empty.", "Remove the part.");
    }
    parts.add(isRefusal ? new ContentPart.Refusal(text) : new ContentPart.Text(text));
  }

  private static void image(
      RecordNode part, String role, Pictures pictures, List<ContentPart> parts) {
    if (!role.isEmpty() && !role.equals("user")) {
      part.error(
          "misplaced-image",
          "A message with the role " + role + " contains an image.",
          "Move it into a user message: images are not trained on elsewhere.");
    }
    // Mistral and Hugging Face write the URL itself, OpenAI an object.
    RecordNode image = part.findAny("image_url", "image", "url");
    RecordNode location = image == null || image.isText() ? image : image.find("url");
    RecordNode detail = image == null ? null : image.find("detail");
    URI uri =
        location != null && location.value() instanceof String url ? imageLocation(url) : null;
    if (image == null) {
      // TRL has the images in a list beside the messages.
      uri = pictures.take();
    }
    if (uri == null && image == null && pictures.areUnusable()) {
      return;
    }
    if (uri == null) {
      part.at("image_url")
          .fail(
              INVALID_IMAGE,
              "The image has no usable URL.",
              "Write image_url as an object whose url begins with https://, http:// or data:image/.");
    }
    if (detail != null
        && !(detail.value() instanceof String word && IMAGE_DETAILS.contains(word))) {
      detail.fail(
          INVALID_IMAGE,
          "Unknown image detail " + Json.write(detail.value()) + ".",
          "Use auto, low or high.");
    }
    if (image != null && image.isText() && uri != null) {
      image.note(
          "image-as-string",
          "The image is a string, not an object with a url.",
          "Nothing to do here; to upload the file by other means, write {\"url\":\"...\"}.");
    } else if (image != null) {
      image.warnOfUnread("an image");
    }
    if (uri != null) {
      parts.add(
          new ContentPart.Image(
              uri, Optional.ofNullable(detail).map(node -> String.valueOf(node.value()))));
    }
  }

  /** Returns the URI of an image, null if it is none; encodes characters that need it. */
  static @Nullable URI imageLocation(String url) {
    if (!url.startsWith("https://")
        && !url.startsWith("http://")
        && !url.startsWith("data:image/")) {
      return null;
    }
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      StringBuilder encoded = new StringBuilder();
      for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
        boolean plain = b > ' ' && b < 0x7F && "\"<>\\^`{|}".indexOf(b) < 0;
        encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b & 0xFF));
      }
      try {
        return new URI(encoded.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25"));
      } catch (URISyntaxException stillInvalid) {
        return null;
      }
    }
  }

  /** Returns whether a part is a call of a tool, as LLaMA-Factory's newer files have it. */
  static boolean isCall(RecordNode part) {
    return "tool_call".equals(part.peek("type"));
  }

  /** Reads a part that is a call: its value is JSON with name and arguments. */
  static void readCalls(
      RecordNode part,
      String role,
      Conversation into,
      List<ToolCall> calls,
      List<Conversation.CallPlace> places) {
    part.find("type");
    RecordNode value = part.find("value");
    part.warnOfUnread("a part of the content");
    if (!role.isEmpty() && !role.equals("assistant")) {
      part.fail(
          "misplaced-tool-call",
          "A message with the role " + role + " calls a tool.",
          "Move the call into an assistant message.");
      return;
    }
    TurnGrammar.functions(part, value)
        .forEach(
            function -> {
              ToolCall call = ToolGrammar.readCall(function, into.newId(0), false);
              if (call != null) {
                calls.add(call);
                places.add(new Conversation.CallPlace(part, value == null ? part : value));
              }
            });
  }
}
