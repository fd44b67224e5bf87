package dev.finetune4j.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** One page of a list: the items after the one with the id {@code after}. Immutable. */
public record ListPage<T>(List<T> items, boolean hasMore) {

  /** Keeps its own copy. */
  public ListPage {
    items = List.copyOf(items);
  }

  /**
   * Returns one page of a list that is already in display order.
   *
   * @param after the id of the last item of the page before, or nothing; an id that is not in the
   *     list gives the first page
   */
  public static <T> ListPage<T> of(List<T> all, Function<T, String> id, String after, int limit) {
    int start = 0;
    for (int i = 0; i < all.size(); i++) {
      if (id.apply(all.get(i)).equals(after)) {
        start = i + 1;
      }
    }
    int end = Math.min(all.size(), start + limit);
    return new ListPage<>(all.subList(start, end), end < all.size());
  }

  /** Returns a list with its last item first. */
  public static <T> List<T> reversed(List<T> items) {
    List<T> copy = new ArrayList<>(items);
    Collections.reverse(copy);
    return copy;
  }
}
