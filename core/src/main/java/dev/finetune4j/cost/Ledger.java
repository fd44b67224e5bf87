package dev.finetune4j.cost;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actual and expected costs of one run, item by item. Immutable and thread-safe. */
public final class Ledger {
  private final List<LedgerEntry> entries;

  private Ledger(Collection<LedgerEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Returns a ledger without entries. */
  public static Ledger empty() {
    return new Ledger(List.of());
  }

  /** Returns a ledger of these lines as they were written; of one id only the last counts. */
  public static Ledger of(List<LedgerEntry> lines) {
    Map<String, LedgerEntry> last = new LinkedHashMap<>();
    lines.forEach(line -> last.put(line.id(), line));
    return new Ledger(last.values());
  }

  /** Returns this ledger with one more line, which replaces the one of the same id. */
  public Ledger with(LedgerEntry line) {
    Map<String, LedgerEntry> last = new LinkedHashMap<>();
    entries.forEach(entry -> last.put(entry.id(), entry));
    last.put(line.id(), line);
    return new Ledger(last.values());
  }

  /** Returns the items, in the order in which they first appeared. */
  public List<LedgerEntry> entries() {
    return entries;
  }

  /** Returns what is known to have been spent. */
  public Money spent() {
    return sum(entries.stream().map(LedgerEntry::actual).toList());
  }

  /** Returns what everything should cost, items of unknown cost left out. */
  public Money forecast() {
    return sum(entries.stream().map(LedgerEntry::estimated).toList());
  }

  private static Money sum(List<Optional<Money>> amounts) {
    return amounts.stream().flatMap(Optional::stream).reduce(Money::plus).orElse(Money.zero());
  }
}
