package dev.finetune4j.dataset;

import dev.finetune4j.chat.ContentPart;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The content of a message: a string, or a list of typed parts. */
final class PartRecords {
  private PartRecords() {}

  static List<ContentPart> read(RecordNode content) {
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
              "\"" + type.text() + "\" is not a kind of content that can be trained on.");
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

  static Object write(List<ContentPart> parts) {
    if (parts.isEmpty()) {
      return "";
    }
    if (parts.size() == 1 && parts.get(0) instanceof ContentPart.Text text) {
      return text.text();
    }
    List<Map<String, Object>> records = new ArrayList<>();
    for (ContentPart part : parts) {
      records.add(write(part));
    }
    return records;
  }

  private static Map<String, Object> write(ContentPart part) {
    Map<String, Object> record = new LinkedHashMap<>(4);
    if (part instanceof ContentPart.Image image) {
      record.put("type", "image_url");
      Map<String, Object> location = new LinkedHashMap<>(4);
      location.put("url", image.location().toString());
      image.detail().ifPresent(word -> location.put("detail", word));
      record.put("image_url", location);
    } else if (part instanceof ContentPart.Refusal refusal) {
      record.put("type", "refusal");
      record.put("refusal", refusal.text());
    } else {
      record.put("type", "text");
      record.put("text", part.text());
    }
    return record;
  }
}
