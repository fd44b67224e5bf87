package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages in OpenAI's chat format; reads the older function messages as tool messages. */
final class MessageRecords {
  private MessageRecords() {}

  static List<Message> read(RecordNode messages) {
    List<Message> result = new ArrayList<>();
    String lastCall = "";
    for (RecordNode node : messages.items()) {
      Message message = message(node, lastCall);
      result.add(message);
      if (!message.toolCalls().isEmpty()) {
        lastCall = message.toolCalls().get(0).id();
      }
    }
    return result;
  }

  static Message message(RecordNode node, String lastCall) {
    RecordNode roleNode = node.member("role");
    String word = roleNode.text();
    boolean legacyResult = word.equals("function");
    Role role = legacyResult ? Role.TOOL : Role.find(word).orElseThrow(() -> unknownRole(roleNode));
    List<ContentPart> content = new ArrayList<>();
    RecordNode contentNode = node.find("content");
    if (contentNode != null) {
      content.addAll(readContent(contentNode));
    }
    RecordNode refusal = node.find("refusal");
    if (refusal != null) {
      content.add(new ContentPart.Refusal(refusal.text()));
    }
    RecordNode name = node.find("name");
    RecordNode callId = node.find("tool_call_id");
    Optional<String> answered =
        legacyResult && callId == null
            ? Optional.of(lastCall)
            : Optional.ofNullable(callId).map(RecordNode::text);
    return new Message(
        role,
        content,
        ToolRecords.readCalls(node),
        answered,
        Optional.ofNullable(name).map(RecordNode::text),
        isTrained(node));
  }

  private static MalformedExampleException unknownRole(RecordNode role) {
    return role.broken(
        "Unknown role \""
            + role.text()
            + "\"; expected system, developer, user, assistant or tool.");
  }

  private static boolean isTrained(RecordNode message) {
    RecordNode weight = message.find("weight");
    if (weight == null) {
      return true;
    }
    if (weight.value() instanceof Number number
        && (number.doubleValue() == 0 || number.doubleValue() == 1)) {
      return number.doubleValue() == 1;
    }
    throw weight.broken("The weight must be 0 or 1, not " + weight.json() + ".");
  }

  static List<ContentPart> readContent(RecordNode content) {
    if (content.isText()) {
      return List.of(new ContentPart.Text(content.text()));
    }
    List<ContentPart> parts = new ArrayList<>();
    for (RecordNode part : content.items()) {
      parts.add(part(part));
    }
    return parts;
  }

  private static ContentPart part(RecordNode part) {
    RecordNode type = part.member("type");
    return switch (type.text()) {
      case "text" -> new ContentPart.Text(part.member("text").text());
      case "refusal" -> new ContentPart.Refusal(part.member("refusal").text());
      case "image_url" -> image(part.member("image_url"));
      default ->
          throw type.broken(
              "Unsupported content type \""
                  + type.text()
                  + "\"; expected text, image_url or refusal.");
    };
  }

  private static ContentPart image(RecordNode image) {
    RecordNode location = image.isText() ? image : image.member("url");
    RecordNode detail = image.isText() ? null : image.find("detail");
    try {
      return new ContentPart.Image(
          new URI(location.text()), Optional.ofNullable(detail).map(RecordNode::text));
    } catch (URISyntaxException e) {
      throw location.broken("The location of the image is not a URL: " + e.getReason() + ".");
    }
  }
}
