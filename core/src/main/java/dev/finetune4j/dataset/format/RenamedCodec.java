package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A format whose members have other names in the file. */
final class RenamedCodec<E extends Example> extends Grammar<E> {
  private final Grammar<E> usual;
  private final Map<String, String> names;

  /**
   * Creates the format.
   *
   * @param names from the usual name of a member to the one in the file; empty for a member that
   *     the file does not have
   */
  RenamedCodec(Grammar<E> usual, Map<String, String> names) {
    super(usual.name(), usual.exampleType());
    this.usual = usual;
    this.names = Map.copyOf(names);
  }

  @Override
  @Nullable E read(RecordNode root) {
    return usual.read(root.renamed(names));
  }

  @Override
  public Map<String, @Nullable Object> toRecord(E example) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>(8);
    usual
        .toRecord(example)
        .forEach(
            (name, value) -> {
              String other = names.getOrDefault(name, name);
              if (!other.isEmpty()) {
                record.put(other, value);
              }
            });
    return record;
  }

  @Override
  public List<String> lostInWriting(E example) {
    List<String> lost = new ArrayList<>(usual.lostInWriting(example));
    usual
        .toRecord(example)
        .forEach(
            (name, value) -> {
              if ("".equals(names.get(name)) && value != null && !"".equals(value)) {
                lost.add("the member " + name);
              }
            });
    return lost;
  }
}
