package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.ExampleCodec;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.internal.record.LineBlocks;
import dev.finetune4j.internal.record.RecordBlock;
import dev.finetune4j.internal.record.RecordFault;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonParser;
import dev.finetune4j.json.JsonSyntaxException;
import dev.finetune4j.token.TokenCounter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks the records of one block, each on its own. Not thread-safe. */
final class RecordWorker<E extends Example> {
  private final ValidationSettings<E> settings;
  private final DatasetProfile.@Nullable Options profile;
  private final ByteArrayOutputStream canonical = new ByteArrayOutputStream();
  private final ExampleCodec<E> codec;
  private final ExampleCodec<E> lossless;
  private final RecordFindings out = new RecordFindings();
  private final JsonParser parser = new JsonParser();
  private final ExampleDigester digester = new ExampleDigester();

  RecordWorker(
      ValidationSettings<E> settings,
      DatasetProfile.@Nullable Options profile,
      ExampleCodec<E> codec) {
    this.settings = settings;
    this.profile = profile;
    this.codec = codec;
    this.lossless = ExampleCodecs.lossless(settings.exampleType());
  }

  CheckedBlock checkRecords(RecordBlock block) {
    List<CheckedRecord> checked = new ArrayList<>(block.size());
    for (int i = 0; i < block.size(); i++) {
      out.begin(block.line(i));
      RecordFault fault = block.fault(i);
      E example = reportFault(fault, out) ? record(block, i) : null;
      checked.add(finish(block.line(i), fault == RecordFault.BLANK, example));
    }
    return new CheckedBlock(checked, canonical.toByteArray());
  }

  CheckedBlock checkExamples(List<E> examples, long firstLine) {
    List<CheckedRecord> checked = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      E example = examples.get(i);
      out.begin(firstLine + i);
      Map<String, @Nullable Object> record = lossless.toRecord(example);
      TextScan.scan(record, "$", out);
      lossless.read(record, out);
      checked.add(finish(firstLine + i, false, example));
    }
    return new CheckedBlock(checked, canonical.toByteArray());
  }

  private CheckedRecord finish(long line, boolean blank, @Nullable E example) {
    if (example == null) {
      return new CheckedRecord(line, blank, out.take(), null, 0, 0, null);
    }
    for (ValidationRule<? super E> rule : settings.rules()) {
      out.addAll(rule.check(example, out.place()));
    }
    if (profile != null) {
      canonical.writeBytes(Fingerprint.canonicalLine(example));
    }
    TokenCounter counter = settings.counter(profile);
    long tokens = counter == null ? 0 : counter.count(example);
    long margin = counter == null ? 0 : counter.margin(example);
    boolean comparesPrompts =
        !settings.heldOut().isEmpty() || (profile != null && profile.comparesPrompts());
    String members =
        example instanceof PromptExample asked
            ? new TreeSet<>(asked.reference().keySet()).toString()
            : null;
    return new CheckedRecord(
        line,
        false,
        out.take(),
        digester.digest(example, comparesPrompts),
        tokens,
        margin,
        members);
  }

  /** Returns the decoded example, null if the record is broken. */
  private @Nullable E record(RecordBlock block, int index) {
    Object tree;
    try {
      tree = block.tree(index, parser);
    } catch (JsonSyntaxException e) {
      out.error(
          "invalid-json",
          e.path(),
          String.valueOf(e.getMessage()),
          "Write each example as one JSON object on one line.");
      return null;
    }
    if (!(tree instanceof Map<?, ?> record)) {
      out.error(
          "not-an-object",
          "$",
          "The record is " + Json.kind(tree) + ".",
          "Write each example as one JSON object.");
      return null;
    }
    TextScan.scan(record, "$", out);
    return codec.read(members(record), out);
  }

  @SuppressWarnings("unchecked") // The parsers only make maps with strings as keys.
  private static Map<String, @Nullable Object> members(Map<?, ?> record) {
    return (Map<String, @Nullable Object>) record;
  }

  /** Reports the fault and returns whether the record can still be read. */
  static boolean reportFault(RecordFault fault, RecordFindings out) {
    switch (fault) {
      case NONE -> {}
      case BYTE_ORDER_MARK ->
          out.warning(
              "byte-order-mark",
              "$",
              "The file begins with a byte order mark.",
              "Save it as UTF-8 without one: some services refuse it.");
      case BLANK ->
          out.warning(
              "blank-line", "$", "The line is blank.", "Remove it: some services refuse it.");
      case RAGGED ->
          out.error(
              "ragged-row",
              "$",
              "The row has more or fewer cells than the header.",
              "Put cells that contain a comma or a line break into double quotes.");
      case BAD_ENCODING ->
          out.error("invalid-encoding", "$", "The line is not UTF-8.", "Save the file as UTF-8.");
      case TOO_LONG ->
          out.error(
              "line-too-long",
              "$",
              "The line is longer than " + (LineBlocks.MAXIMUM_LINE_BYTES >> 20) + " MiB.",
              "Put each example on its own line, and link to images instead of embedding them.");
    }
    return fault == RecordFault.NONE || fault == RecordFault.BYTE_ORDER_MARK;
  }

  /**
   * The result of checking one record on its own.
   *
   * @param line its line
   * @param blank whether the line was blank
   * @param findings what is wrong with it
   * @param digest for comparison with other examples, null if it could not be read
   * @param tokens its number of tokens, 0 if they are not counted
   * @param margin by how many tokens this may be wrong
   * @param members the names of its members for graders, null for other kinds of example
   */
  record CheckedRecord(
      long line,
      boolean blank,
      List<Finding> findings,
      ExampleDigester.@Nullable Digest digest,
      long tokens,
      long margin,
      @Nullable String members) {}

  /** The results of one block. */
  static final class CheckedBlock {
    private final List<CheckedRecord> records;
    private final byte[] canonicalLines;

    private CheckedBlock(List<CheckedRecord> records, byte[] canonicalLines) {
      this.records = records;
      this.canonicalLines = canonicalLines;
    }

    List<CheckedRecord> records() {
      return records;
    }

    /** Returns the lines of the readable examples for the fingerprint, empty if none is wanted. */
    byte[] canonicalLines() {
      return canonicalLines;
    }
  }
}
