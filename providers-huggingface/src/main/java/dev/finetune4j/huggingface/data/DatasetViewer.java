package dev.finetune4j.huggingface.data;

import dev.finetune4j.Experimental;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.huggingface.hub.HubErrorReader;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.ApiResponse;
import dev.finetune4j.providerkit.HttpTransport;
import dev.finetune4j.providerkit.Query;
import dev.finetune4j.providerkit.RetryPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Hub's dataset viewer, which serves data sets row by row, whatever their file
 * format. Blocking and thread-safe.
 *
 * <pre>{@code
 * try (HuggingFaceHub hub = HuggingFaceHub.builder().build();
 *     DatasetViewer viewer = DatasetViewer.of(hub)) {
 *   HubSplit split = viewer.splits("trl-lib/Capybara").get(0);
 *   Dataset<ChatExample> chats = viewer.rows(split, RowMapping.messages("messages"));
 * }
 * }</pre>
 *
 * <p>A request returns at most 100 rows, and the Hub limits requests: for more than a few thousand
 * rows {@link #downloadParquet} is faster. Responses that the Hub has not prepared yet are
 * requested again for up to 4 minutes; rate limits are waited out for up to 5 minutes.
 */
@Experimental
public final class DatasetViewer implements AutoCloseable {
  /** The address of the public viewer. */
  public static final URI URL = URI.create("https://datasets-server.huggingface.co");

  /** The most rows that one request returns. */
  static final int PAGE = 100;

  private static final RetryPolicy PATIENCE =
      new RetryPolicy(12, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), Duration.ofMinutes(5));

  private final HuggingFaceHub hub;
  private final HttpTransport transport;

  private DatasetViewer(HuggingFaceHub hub, URI address) {
    this.hub = hub;
    transport =
        hub.transportTo(address)
            .part("viewer")
            .errors(new ViewerErrorReader(new HubErrorReader(hub.time()::now)))
            .retries(PATIENCE)
            .build();
  }

  /** Returns a client of the public viewer with the token of {@code hub}. No I/O. */
  public static DatasetViewer of(HuggingFaceHub hub) {
    return new DatasetViewer(hub, URL);
  }

  /** Returns a client of a viewer at another address. No I/O. */
  public static DatasetViewer at(HuggingFaceHub hub, URI address) {
    return new DatasetViewer(hub, address);
  }

  /** Returns the splits of a data set. One request. */
  public List<HubSplit> splits(String dataset) {
    return ask("splits", Query.of("dataset", dataset))
        .json(json -> json.objects("splits").stream().map(DatasetViewer::split).toList());
  }

  /** Returns how many rows a split has. One request. */
  public long size(HubSplit split) {
    return ask("size", configuration(split))
        .json(
            json ->
                json.requireObject("size").objects("splits").stream()
                    .filter(part -> split(part).equals(split))
                    .map(part -> part.requireLong("num_rows"))
                    .findFirst()
                    .orElseThrow(() -> absent(split)));
  }

  /** Returns the columns with the types that the Hub reports. One request. */
  public Map<String, String> columns(HubSplit split) {
    return ask("info", configuration(split))
        .json(
            json -> {
              Map<String, String> columns = new LinkedHashMap<>();
              JsonObject features =
                  json.requireObject("dataset_info")
                      .findObject("features")
                      .orElse(JsonObject.empty());
              features.asMap().forEach((name, type) -> columns.put(name, kind(type)));
              return columns;
            });
  }

  /** Returns the Parquet files into which the Hub has converted a split, in order. One request. */
  public List<ParquetLink> parquet(HubSplit split) {
    return ask("parquet", configuration(split))
        .json(
            json ->
                json.objects("parquet_files").stream()
                    .map(ParquetLink::of)
                    .filter(link -> link.part().equals(split))
                    .toList());
  }

  /**
   * Downloads the Parquet files of a split into the Hub's cache, all at one commit, and returns
   * them for {@link ParquetFiles}. A few requests for each file that is not cached.
   *
   * @throws InvalidRequestException if the Hub has converted none
   */
  public List<Path> downloadParquet(HubSplit split) {
    List<ParquetLink> links = parquet(split);
    if (links.isEmpty()) {
      throw absent(split);
    }
    HubRepository repository = hub.repository(RepositoryId.dataset(split.dataset()));
    String commit = repository.commitOf(ParquetLink.BRANCH);
    return links.stream().map(link -> repository.download(commit, link.path())).toList();
  }

  /**
   * Returns the rows of a split at the current commit. Two requests, and one per 100 rows on each
   * reading.
   *
   * @throws InvalidRequestException if the data set has changed and the server still serves the old
   *     version
   */
  public <E extends Example> HubRows<E> rows(HubSplit split, RowMapping<E> mapping) {
    String commit = hub.repository(RepositoryId.dataset(split.dataset())).commitOf("main");
    return new HubRows<>(this, split, mapping, commit);
  }

  RowPage page(HubSplit split, long offset) {
    ApiResponse answer =
        ask(
            "rows",
            configuration(split)
                .and("split", split.split())
                .and("offset", offset)
                .and("length", PAGE));
    return answer.json(json -> RowPage.of(json, answer.header("X-Revision")));
  }

  /** Returns the current commit of the data set, for servers that do not report it. */
  String commitNow(HubSplit split) {
    return hub.repository(RepositoryId.dataset(split.dataset())).commitOf("main");
  }

  static HubSplit split(JsonObject json) {
    return new HubSplit(
        json.requireString("dataset"), json.requireString("config"), json.requireString("split"));
  }

  InvalidRequestException refused(String what) {
    return new InvalidRequestException(ProviderFailure.of(transport.provider(), what));
  }

  /** Closes the connections to the server; the Hub client stays open. */
  @Override
  public void close() {
    transport.close();
  }

  private InvalidRequestException absent(HubSplit split) {
    return refused(
        "The dataset viewer has no data for "
            + split
            + ". Check splits(), and whether the conversion of the data set has failed.");
  }

  private ApiResponse ask(String what, Query query) {
    return transport.send(ApiRequest.get(what).query(query));
  }

  private static Query configuration(HubSplit split) {
    return Query.of("dataset", split.dataset()).and("config", split.configuration());
  }

  private static String kind(@Nullable Object type) {
    if (type instanceof Map<?, ?> map) {
      Object value = map.get("dtype") == null ? map.get("_type") : map.get("dtype");
      return String.valueOf(value);
    }
    return "list";
  }
}
