package dev.finetune4j.dataset.format;

import dev.finetune4j.chat.ContentPart;
import dev.finetune4j.chat.Message;
import dev.finetune4j.chat.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The images of a record that are a list beside the texts, in which {@code <image>} marks the place
 * of the next one, as LLaMA-Factory has them. Also refuses video and sound. Not thread-safe.
 */
final class Pictures {
  private static final String MARK = "<image>";
  private static final String RULE = "invalid-image";
  private static final String NOT_KEPT = "not-kept";

  /** For records without a list of images. */
  static final Pictures NONE = new Pictures(null);

  private final @Nullable RecordNode list;
  private final List<URI> locations = new ArrayList<>();
  private boolean unusable;
  private int next;

  private Pictures(@Nullable RecordNode list) {
    this.list = list;
  }

  /** Reads the members {@code images}, {@code videos} and {@code audios} of a record. */
  static Pictures read(RecordNode root) {
    for (String other : List.of("videos", "audios")) {
      RecordNode media = root.find(other);
      if (media != null && !(media.isList() && media.items().isEmpty())) {
        media.error(
            NOT_KEPT,
            "The example has " + other + ", which are not kept.",
            "Remove the example: the model would learn the answer without them.");
      }
    }
    RecordNode list = root.findAny("images", "image");
    Pictures pictures = new Pictures(list);
    if (list != null) {
      for (RecordNode item : list.isList() ? list.items() : List.of(list)) {
        URI location =
            item.value() instanceof String url ? ContentGrammar.imageLocation(url) : null;
        if (location == null) {
          pictures.unusable = true;
        } else {
          pictures.locations.add(location);
        }
      }
      if (pictures.unusable) {
        list.error(
            NOT_KEPT,
            "The images are not all URLs, so they are not kept.",
            "Write URLs that begin with https://, http:// or data:image/, for a file on disk its"
                + " content as a data URL.");
      }
    }
    return pictures;
  }

  /** Returns a message with the images in the places of the marks in a user's text. */
  Message message(Role role, String text, RecordNode place) {
    List<ContentPart> parts = role == Role.USER ? parts(text, place) : List.of();
    return parts.isEmpty()
        ? Message.of(role, text)
        : new Message(role, parts, List.of(), Optional.empty(), Optional.empty(), false);
  }

  /** Returns the next image for a part of the content that names none; null if there is none. */
  @Nullable URI take() {
    return unusable || next >= locations.size() ? null : locations.get(next++);
  }

  /** Returns whether the record has a list of images that cannot be kept, which is reported. */
  boolean areUnusable() {
    return unusable;
  }

  /** Returns a user's text with the images in the places of its marks; empty without marks. */
  List<ContentPart> parts(String text, RecordNode place) {
    if (list == null || unusable || !text.contains(MARK)) {
      return List.of();
    }
    List<ContentPart> parts = new ArrayList<>();
    int from = 0;
    int mark = text.indexOf(MARK);
    while (mark >= 0) {
      if (mark > from) {
        parts.add(new ContentPart.Text(text.substring(from, mark)));
      }
      if (next < locations.size()) {
        parts.add(new ContentPart.Image(locations.get(next)));
      } else {
        place.error(
            RULE,
            "There are more marks \"" + MARK + "\" than images.",
            "Add the missing image, or remove the mark.");
      }
      next++;
      from = mark + MARK.length();
      mark = text.indexOf(MARK, from);
    }
    if (from < text.length()) {
      parts.add(new ContentPart.Text(text.substring(from)));
    }
    return parts;
  }

  /** Reports images that no mark refers to. */
  void finish() {
    if (list != null && !unusable && next < locations.size()) {
      list.error(
          RULE,
          "The example has "
              + locations.size()
              + " images, but "
              + next
              + " marks \""
              + MARK
              + "\" in the messages of the user.",
          "Write the mark where the image belongs: images without one are not used.");
    }
  }
}
