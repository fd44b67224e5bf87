package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The data set viewer (reference: section 1.10), below a path of the same port. */
final class ViewerRoutes {
  static final String PATH = "/datasets-server";

  private static final int MOST_ROWS = 100;
  private static final String BRANCH = "refs/convert/parquet";

  private final HubState state;

  ViewerRoutes(HubState state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", PATH + "/splits", this::splits)
        .add("GET", PATH + "/rows", this::rows)
        .add("GET", PATH + "/size", this::size)
        .add("GET", PATH + "/info", this::info)
        .add("GET", PATH + "/parquet", this::parquet);
  }

  private SimulatedResponse splits(SimulatedRequest request) throws ErrorResponseException {
    List<Object> splits = new ArrayList<>();
    for (PublishedRows part : asked(request, (part, unused) -> true)) {
      splits.add(named(part).asMap());
    }
    return done("splits", splits);
  }

  private SimulatedResponse size(SimulatedRequest request) throws ErrorResponseException {
    List<Object> sizes = new ArrayList<>();
    for (PublishedRows part : asked(request, ViewerRoutes::isOfConfiguration)) {
      sizes.add(named(part).put("num_rows", part.rows().size()).asMap());
    }
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("size", JsonObject.empty().put("splits", sizes))
            .put("pending", List.of())
            .put("failed", List.of())
            .put("partial", false));
  }

  private SimulatedResponse info(SimulatedRequest request) throws ErrorResponseException {
    PublishedRows part = asked(request, ViewerRoutes::isOfConfiguration).get(0);
    JsonObject features = JsonObject.empty();
    first(part).forEach((name, value) -> features.put(name, type(value).asMap()));
    return SimulatedResponse.json(
        JsonObject.empty()
            .put("dataset_info", JsonObject.empty().put("features", features))
            .put("partial", false));
  }

  private SimulatedResponse parquet(SimulatedRequest request) throws ErrorResponseException {
    List<Object> files = new ArrayList<>();
    for (PublishedRows part : asked(request, ViewerRoutes::isOfConfiguration)) {
      String folder = part.configuration() + "/" + part.split() + "/";
      for (Map.Entry<String, RepositoryFile> file : converted(part).entrySet()) {
        if (file.getKey().startsWith(folder)) {
          files.add(
              named(part)
                  .put(
                      "url",
                      state.hubUrl
                          + "/datasets/"
                          + part.dataset()
                          + "/resolve/refs%2Fconvert%2Fparquet/"
                          + file.getKey())
                  .put("filename", file.getKey().substring(folder.length()))
                  .put("size", file.getValue().size())
                  .asMap());
        }
      }
    }
    return done("parquet_files", files);
  }

  private Map<String, RepositoryFile> converted(PublishedRows part) throws ErrorResponseException {
    synchronized (state) {
      Repository repository = state.repositories.get("datasets/" + part.dataset());
      return repository == null || !repository.hasBranch(BRANCH)
          ? Map.of()
          : repository.files(BRANCH);
    }
  }

  private SimulatedResponse rows(SimulatedRequest request) throws ErrorResponseException {
    PublishedRows part =
        asked(
                request,
                (found, query) ->
                    isOfConfiguration(found, query)
                        && query.query("split").orElse("").equals(found.split()))
            .get(0);
    int length = Integer.parseInt(request.query("length").orElse("100"));
    if (length > MOST_ROWS) {
      throw new ErrorResponseException(
          HubErrors.of(
              422,
              "MissingRequiredParameter",
              "Parameter 'length' must not be greater than " + MOST_ROWS));
    }
    int from = Integer.parseInt(request.query("offset").orElse("0"));
    List<Object> rows = new ArrayList<>();
    for (int i = from; i < Math.min(part.rows().size(), from + length); i++) {
      rows.add(row(i, part.rows().get(i)).asMap());
    }
    List<Object> features = new ArrayList<>();
    first(part)
        .forEach(
            (name, value) ->
                features.add(
                    JsonObject.empty()
                        .put("feature_idx", features.size())
                        .put("name", name)
                        .put("type", type(value))
                        .asMap()));
    return SimulatedResponse.json(
            JsonObject.empty()
                .put("features", features)
                .put("rows", rows)
                .put("num_rows_total", part.rows().size())
                .put("num_rows_per_page", MOST_ROWS)
                .put("partial", false))
        .withHeader("X-Revision", part.commit());
  }

  private JsonObject row(int index, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    List<String> truncated = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          int longest = state.settings.longestCell;
          if (value instanceof String text && text.length() > longest) {
            truncated.add(name);
            shown.put(name, text.substring(0, longest));
          } else {
            shown.put(name, value);
          }
        });
    return JsonObject.empty()
        .put("row_idx", index)
        .put("row", shown)
        .put("truncated_cells", truncated);
  }

  private List<PublishedRows> asked(
      SimulatedRequest request, BiPredicate<PublishedRows, SimulatedRequest> wanted)
      throws ErrorResponseException {
    String dataset = request.query("dataset").orElse("");
    synchronized (state) {
      Repository repository = state.repositories.get("datasets/" + dataset);
      boolean isHidden = repository != null && repository.isPrivate && !state.isKnown(request);
      List<PublishedRows> found =
          state.published.values().stream()
              .filter(part -> part.dataset().equals(dataset) && !isHidden)
              .filter(part -> wanted.test(part, request))
              .toList();
      if (found.isEmpty()) {
        throw absent(state.isKnown(request));
      } else if (found.stream().anyMatch(part -> state.now().isBefore(part.readyAt()))) {
        throw new ErrorResponseException(
            HubErrors.of(
                500,
                "ResponseNotReady",
                "The server is busier than usual and the response is not ready yet. Please retry"
                    + " later."));
      }
      return found;
    }
  }

  private static ErrorResponseException absent(boolean known) {
    return new ErrorResponseException(
        HubErrors.of(
            known ? 404 : 401,
            known ? "ExternalAuthenticatedError" : "ExternalUnauthenticatedError",
            "The dataset does not exist, or is not accessible."));
  }

  private static boolean isOfConfiguration(PublishedRows part, SimulatedRequest request) {
    return request.query("config").map(part.configuration()::equals).orElse(true);
  }

  private static Map<String, @Nullable Object> first(PublishedRows part) {
    return part.rows().isEmpty() ? Map.of() : part.rows().get(0);
  }

  private static JsonObject named(PublishedRows part) {
    return JsonObject.empty()
        .put("dataset", part.dataset())
        .put("config", part.configuration())
        .put("split", part.split());
  }

  private static JsonObject type(@Nullable Object value) {
    if (value instanceof List) {
      return JsonObject.empty().put("_type", "List");
    }
    String kind = value instanceof Number ? "int64" : "string";
    return JsonObject.empty().put("dtype", kind).put("_type", "Value");
  }

  private static SimulatedResponse done(String name, List<Object> items) {
    return SimulatedResponse.json(
        JsonObject.empty()
            .put(name, items)
            .put("pending", List.of())
            .put("failed", List.of())
            .put("partial", false));
  }
}
