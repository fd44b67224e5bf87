package dev.finetune4j.specification;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A service's OpenAPI document, against which exchanges are held: the body of the request, the
 * names in its query, the status and the body of the answer.
 *
 * <pre>{@code
 * Specification specification = Specification.assumeOpenAi();
 * assertThat(specification.violations(exchange)).isEmpty();
 * }</pre>
 *
 * <p>Needs the optional dependency on json-schema-validator. Thread-safe.
 */
public final class Specification {
  private static final String LOCATION = "https://specification.invalid/document";
  private static final SchemaRegistryConfig PATHS =
      SchemaRegistryConfig.builder().pathType(PathType.LEGACY).build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Operations operations;
  private final SchemaRegistry schemas;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
  private final Set<KnownGap> gapsSeen = EnumSet.noneOf(KnownGap.class);

  /**
   * One request and its answer.
   *
   * @param label names the exchange in violations
   * @param template the path with {@code {}} for each parameter
   * @param query the query without the question mark, or an empty text
   * @param requestType the request's content type, or an empty text
   */
  public record Exchange(
      String label,
      String method,
      String template,
      String query,
      String requestType,
      String requestBody,
      int status,
      String answerType,
      String answerBody) {

    @Override
    public String toString() {
      return label;
    }
  }

  private Specification(String document) {
    this.operations = new Operations(MAPPER.readTree(document));
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(PATHS).schemas(Map.of(LOCATION, document)));
  }

  /**
   * Finds OpenAI's document in the folder {@code shared} beside the repository that holds the
   * working folder; empty if not found.
   */
  public static Optional<Specification> openAi() {
    return find(Path.of("specs", "openai", "openai_reduced.json"));
  }

  /** Finds OpenAI's document as {@link #openAi} does, and skips the running test without it. */
  public static Specification assumeOpenAi() {
    Optional<Specification> found = openAi();
    assumeTrue(
        found.isPresent(),
        "no folder shared/specs/openai beside the repository: nothing to hold exchanges against");
    return found.orElseThrow();
  }

  /**
   * Reads an OpenAPI 3.1 document in JSON.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static Specification read(Path document) {
    try {
      return new Specification(Files.readString(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Specification> find(Path below) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path document = folder.resolveSibling("shared").resolve(below);
      if (Files.exists(document)) {
        return Optional.of(read(document));
      }
    }
    return Optional.empty();
  }

  /** Returns the operations of the document, as {@code GET /files/{}}. */
  public Set<String> operations() {
    return operations.names();
  }

  /** Returns which known gaps have been met so far. */
  public Set<KnownGap> gapsSeen() {
    synchronized (gapsSeen) {
      return Set.copyOf(gapsSeen);
    }
  }

  /** Returns what in an exchange is not as the document says, but for the known gaps. */
  public List<String> violations(Exchange exchange) {
    Optional<Operations.Operation> found = operations.find(exchange.method(), exchange.template());
    if (found.isEmpty()) {
      return List.of(exchange + ": the document has no such operation");
    }
    Operations.Operation operation = found.get();
    List<String> violations = new ArrayList<>(operation.unknownParameters(exchange.query()));
    // An answer that refuses the request says that the request was not as it should be.
    if (!exchange.requestBody().isEmpty() && exchange.status() < 400) {
      String schema = operation.requestSchema(exchange.requestType());
      violations.addAll(check(operation, schema, exchange.requestBody()));
    }
    violations.addAll(answer(operation, exchange));
    return violations.stream().map(violation -> exchange + ": " + violation).toList();
  }

  private List<String> answer(Operations.Operation operation, Exchange exchange) {
    if (exchange.status() >= 400) {
      return check(operation, Operations.errorSchema(), exchange.answerBody());
    }
    if (exchange.answerType().equals("text/event-stream")) {
      List<String> violations = new ArrayList<>();
      exchange
          .answerBody()
          .lines()
          .filter(line -> line.startsWith("data: {"))
          .map(line -> line.substring("data: ".length()))
          .forEach(chunk -> violations.addAll(check(operation, Operations.chunkSchema(), chunk)));
      return violations;
    }
    if (!exchange.answerType().equals("application/json")) {
      return List.of();
    }
    String status = String.valueOf(exchange.status());
    return check(operation, operation.answerSchema(status), exchange.answerBody());
  }

  private List<String> check(Operations.Operation operation, String pointer, String body) {
    if (pointer.isEmpty()) {
      return List.of("the document has no schema for this body");
    }
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body);
    } catch (JacksonException e) {
      return List.of("not JSON: " + e.getOriginalMessage());
    }
    List<String> violations = new ArrayList<>();
    for (Error message : schema(pointer).validate(tree)) {
      String place = message.getInstanceLocation().toString();
      Optional<KnownGap> gap = gap(operation.template(), place, message.getMessage(), body);
      if (gap.isPresent()) {
        synchronized (gapsSeen) {
          gapsSeen.add(gap.get());
        }
      } else {
        violations.add(place + ": " + message.getMessage());
      }
    }
    return violations;
  }

  private static Optional<KnownGap> gap(
      String template, String place, String violation, String body) {
    return EnumSet.allOf(KnownGap.class).stream()
        .filter(gap -> gap.covers(template, place, violation, body))
        .findFirst();
  }

  private Schema schema(String pointer) {
    return compiled.computeIfAbsent(
        pointer, key -> schemas.getSchema(SchemaLocation.of(LOCATION + "#" + key)));
  }
}
