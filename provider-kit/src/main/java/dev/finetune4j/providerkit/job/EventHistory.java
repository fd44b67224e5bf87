package dev.finetune4j.providerkit.job;

import dev.finetune4j.job.EventPage;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a list that a service gives newest first into events oldest first: reads pages until the
 * event that was the newest last time, then turns the order round. Ids are the marks, since several
 * events may carry the same second. Stateless.
 */
final class EventHistory {
  private static final int MOST_PAGES = 1_000;

  private EventHistory() {}

  /**
   * Reads the events after the cursor; all events without a cursor, or if it is not in the list.
   *
   * @param cursor the id of the newest event that was read before
   * @param page fetches a page of the list after an id, the first one for null
   */
  static EventPage read(Optional<String> cursor, Function<@Nullable String, JsonObject> page) {
    List<JobEvent> newestFirst = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    String after = null;
    boolean more = true;
    for (int number = 0; more && number < MOST_PAGES; number++) {
      JsonObject answer = page.apply(after);
      List<JsonObject> items = answer.objects("data");
      boolean foundNew = false;
      boolean reachedKnown = false;
      for (JsonObject item : items) {
        JobEvent event = EventAnswers.event(item);
        if (cursor.filter(event.id()::equals).isPresent()) {
          reachedKnown = true;
          break;
        }
        if (ids.add(event.id())) {
          newestFirst.add(event);
          foundNew = true;
        }
      }
      after = Members.lastId(items).orElse(null);
      boolean goesOn = answer.findBoolean("has_more").orElse(false);
      // A page that holds nothing new means that the service does not page on: stop asking.
      more = goesOn && foundNew && !reachedKnown;
    }
    Collections.reverse(newestFirst);
    Optional<String> newest =
        newestFirst.isEmpty() ? cursor : Optional.of(newestFirst.get(newestFirst.size() - 1).id());
    return new EventPage(newestFirst, newest, true);
  }
}
