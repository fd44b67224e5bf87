package dev.finetune4j.exchange.promptfoo;

import dev.finetune4j.exchange.ExchangeFinding;
import dev.finetune4j.exchange.Findings;
import dev.finetune4j.exchange.UnusableExchangeException;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML document as nodes, which keep the quoting and the comments of the writer, and as a tree of
 * maps and lists. JSON is YAML too. Immutable.
 */
final class YamlText {
  private static final int MAXIMUM_CHARACTERS = 256 << 20;
  private static final int MAXIMUM_ALIASES = 10_000;
  // What JavaScript's YAML readers take for a date, a number or a truth value where it is not
  // quoted.
  private static final Pattern AMBIGUOUS =
      Pattern.compile("[-+.]?\\d.*|(?i)(y|n|yes|no|on|off|true|false|null|~)|=|<<|");

  // The timestamps of YAML 1.1, which js-yaml reads as dates.
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d|\\d{4}-\\d\\d?-\\d\\d?(?:[Tt]|[ \\t]+)\\d\\d?:\\d\\d:\\d\\d\\S*.*");

  private final Node root;
  private final @Nullable Object tree;

  private YamlText(Node root, @Nullable Object tree) {
    this.root = root;
    this.tree = tree;
  }

  /**
   * Reads one document.
   *
   * @throws UnusableExchangeException if it is not YAML, or empty
   */
  static YamlText parse(String text, String source) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setSchema(new CoreSchema())
            .setParseComments(true)
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(MAXIMUM_CHARACTERS)
            .setMaxAliasesForCollections(MAXIMUM_ALIASES)
            .build();
    try {
      Optional<Node> root =
          new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
              .getSingleNode();
      if (root.isEmpty()) {
        throw broken(source, "The file is empty.");
      }
      Object tree = new StandardConstructor(settings).constructSingleDocument(root);
      return new YamlText(root.get(), tree);
    } catch (YamlEngineException e) {
      throw broken(source, "It is not YAML: " + e.getMessage());
    }
  }

  /** Makes a document of a tree; texts that a reader could take for something else are quoted. */
  static YamlText of(Object tree) {
    return new YamlText(new QuotingRepresenter().represent(tree), tree);
  }

  @Nullable Object tree() {
    return tree;
  }

  /** Reports dates without quotes, which promptfoo (0.121) cannot write into a prompt. */
  void reportDates(Findings findings, String place) {
    List<String> dates = new ArrayList<>();
    collectDates(root, dates, Collections.newSetFromMap(new IdentityHashMap<>()));
    if (!dates.isEmpty()) {
      findings.warning(
          "date-not-quoted",
          place,
          "\"%s\" has no quotes%s: promptfoo takes it for a date and writes \"[object Object]\" into"
                  .formatted(
                      dates.get(0),
                      dates.size() > 1 ? ", nor have " + (dates.size() - 1) + " more" : "")
              + " the prompt; here it is a text.",
          "Put it in quotes, and both read the same text.");
    }
  }

  /** Visits each node once, as a node may be named in many places or inside itself. */
  private static void collectDates(Node node, List<String> dates, Set<Node> visited) {
    if (!visited.add(node)) {
      return;
    }
    if (node instanceof ScalarNode scalar) {
      if (scalar.isPlain() && DATE.matcher(scalar.getValue()).matches()) {
        dates.add(scalar.getValue());
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(each -> collectDates(each, dates, visited));
    } else if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(each -> collectDates(each.getValueNode(), dates, visited));
    }
  }

  /** Returns the document as text, quoting and comments as they came. */
  String text() {
    TextWriter text = new TextWriter(new StringBuilder());
    new Dump(settings()).dumpNode(root, text);
    return text.written().toString();
  }

  /** Where the library writes to. */
  private record TextWriter(StringBuilder written) implements StreamDataWriter {

    @Override
    public void write(String text) {
      written.append(text);
    }

    @Override
    public void write(String text, int offset, int length) {
      written.append(text, offset, offset + length);
    }
  }

  private static DumpSettings settings() {
    return DumpSettings.builder()
        .setSchema(new CoreSchema())
        .setDefaultFlowStyle(FlowStyle.BLOCK)
        .setDumpComments(true)
        .setSplitLines(false)
        .setIndicatorIndent(2)
        .setIndentWithIndicator(true)
        .build();
  }

  private static UnusableExchangeException broken(String source, String message) {
    Findings findings = new Findings();
    findings.error(
        "not-readable", source, message, "Write a promptfoo configuration in YAML or JSON.");
    List<ExchangeFinding> all = findings.all();
    return new UnusableExchangeException(source, all);
  }

  private static final class QuotingRepresenter extends StandardRepresenter {
    QuotingRepresenter() {
      super(settings());
    }

    @Override
    protected Node representScalar(Tag tag, String value, ScalarStyle style) {
      boolean quote =
          tag.equals(Tag.STR) && style == ScalarStyle.PLAIN && AMBIGUOUS.matcher(value).matches();
      Node node = super.representScalar(tag, value, quote ? ScalarStyle.DOUBLE_QUOTED : style);
      if (tag.equals(Tag.STR) && node instanceof ScalarNode scalar && scalar.isPlain()) {
        // Several lines are easier to read as a block, and mean the same.
        return value.contains("\n") && isBlock(value)
            ? super.representScalar(tag, value, ScalarStyle.LITERAL)
            : node;
      }
      return node;
    }

    private static boolean isBlock(String value) {
      return !value.contains("\r") && !value.startsWith(" ") && !value.startsWith("\n");
    }
  }

  /** Returns the map with string keys, or null if the value is not a map. */
  static @Nullable Map<String, @Nullable Object> mapOf(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? JsonObject.of(map).asMap() : null;
  }
}
