package dev.finetune4j.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One injected fault. Immutable and thread-safe. */
public final class Fault {
  private final boolean handled;
  private final @Nullable SimulatedResponse instead;
  private final UnaryOperator<Object> change;
  private final Delivery.Way way;
  private final long amount;

  private Fault(
      boolean handled,
      @Nullable SimulatedResponse instead,
      UnaryOperator<Object> change,
      Delivery.Way way,
      long amount) {
    this.handled = handled;
    this.instead = instead;
    this.change = change;
    this.way = way;
    this.amount = amount;
  }

  /** The service does what was asked, and the connection ends before a byte of the answer. */
  public static Fault lostAnswer() {
    return new Fault(true, null, UnaryOperator.identity(), Delivery.Way.LOST, 0);
  }

  /** The service does what was asked, and the connection is reset before a byte of the answer. */
  public static Fault resetAfterHandling() {
    return new Fault(true, null, UnaryOperator.identity(), Delivery.Way.RESET, 0);
  }

  /** The connection is reset, and the service has done nothing. */
  public static Fault resetBeforeHandling() {
    return new Fault(false, null, UnaryOperator.identity(), Delivery.Way.RESET, 0);
  }

  /** The service does nothing and gives this answer. */
  public static Fault answer(SimulatedResponse answer) {
    return new Fault(false, answer, UnaryOperator.identity(), Delivery.Way.WHOLE, 0);
  }

  /** The service does what was asked, and then gives this answer, as a gateway in between does. */
  public static Fault handledButAnswered(SimulatedResponse answer) {
    return new Fault(true, answer, UnaryOperator.identity(), Delivery.Way.WHOLE, 0);
  }

  /** The answer's body comes at this many bytes a second, in real time. */
  public static Fault slowBody(long bytesPerSecond) {
    return new Fault(
        true, null, UnaryOperator.identity(), Delivery.Way.SLOW, Math.max(1, bytesPerSecond));
  }

  /** The connection ends after this many bytes of the answer's body. */
  public static Fault cutBody(long bytes) {
    return new Fault(true, null, UnaryOperator.identity(), Delivery.Way.CUT, bytes);
  }

  /**
   * The answer's JSON is changed.
   *
   * @param change gets the members of each object, also of those in a list, and puts or removes
   *     some; the objects inside them are read-only
   */
  public static Fault changed(Consumer<Map<String, @Nullable Object>> change) {
    return new Fault(true, null, tree -> eachObject(tree, change), Delivery.Way.WHOLE, 0);
  }

  /** Every object in the answer that has a status has this one. */
  public static Fault unknownStatus(String word) {
    return changed(object -> object.replace("status", word));
  }

  /** Every object in the answer has a member that is in no specification. */
  public static Fault unknownMember() {
    return changed(object -> object.put("member_of_tomorrow", Map.of("depth", List.of(1, "two"))));
  }

  /** These members, where they are there, are null. */
  public static Fault nullMembers(String... names) {
    return changed(
        object -> {
          for (String name : names) {
            object.replace(name, null);
          }
        });
  }

  /** The member {@code error}, where it is null, is an empty object. */
  public static Fault emptyError() {
    return changed(
        object -> {
          if (object.containsKey("error") && !(object.get("error") instanceof Map)) {
            object.put("error", Map.of());
          }
        });
  }

  boolean isHandled() {
    return handled;
  }

  /** Returns what becomes of the answer that the service gave. */
  Delivery deliver(SimulatedResponse given) {
    SimulatedResponse answer = instead == null ? given : instead;
    Object tree = answer.tree();
    return new Delivery(tree == null ? answer : answer.withTree(change.apply(tree)), way, amount);
  }

  private static Object eachObject(Object tree, Consumer<Map<String, @Nullable Object>> change) {
    if (!(tree instanceof Map<?, ?> map)) {
      return tree;
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    if (copy.get("data") instanceof List<?> items) {
      List<Object> changed = new ArrayList<>();
      items.forEach(item -> changed.add(eachObject(item, change)));
      copy.put("data", changed);
    }
    change.accept(copy);
    return copy;
  }
}
