package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.Experimental;
import dev.finetune4j.json.Json;
import dev.finetune4j.simulator.Dispatch;
import dev.finetune4j.simulator.Faults;
import dev.finetune4j.simulator.LoopbackServer;
import dev.finetune4j.simulator.RecordedExchange;
import dev.finetune4j.simulator.Routes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The Hugging Face Hub on loopback, with state: repositories, large files in a separate store on
 * another port, jobs and inference endpoints that follow the clock, and faults.
 *
 * <pre>{@code
 * try (SimulatedHub hub = SimulatedHub.builder().time(time).start()) {
 *   hub.faults().next("POST /api/datasets/{}/{}/commit/{}", Fault.lostAnswer());
 *   // ... the code under test, pointed at hub.endpoint() with hub.token() ...
 * }
 * }</pre>
 *
 * <p>Nothing happens in the background: states are computed from the clock on each request. Costs
 * no money and reaches no network. Thread-safe.
 */
@Experimental
public final class SimulatedHub implements AutoCloseable {
  private final HubState state;
  private final Faults faults;
  private final Dispatch dispatch;
  private final Dispatch storeDispatch;
  private final LoopbackServer server;
  private final LoopbackServer store;

  SimulatedHub(HubSettings settings) {
    state = new HubState(settings);
    faults = new Faults(settings.seed);
    Routes routes = new Routes();
    new RepositoryRoutes(state).addTo(routes);
    new CommitRoutes(state).addTo(routes);
    new LargeFileRoutes(state).addTo(routes);
    new JobRoutes(state).addTo(routes);
    new EndpointRoutes(state).addTo(routes);
    new SpaceRoutes(state).addTo(routes);
    new ViewerRoutes(state).addTo(routes);
    new ServingRoutes(state).addTo(routes);
    new FileRoutes(state).addTo(routes);
    Routes storeRoutes = new Routes();
    new StoreRoutes(state).addTo(storeRoutes);
    dispatch = new Dispatch(List.of(), routes, new HubFilter(state), faults);
    storeDispatch = new Dispatch(List.of(), storeRoutes, new StoreFilter(), faults);
    server = LoopbackServer.start(settings.port, dispatch);
    store = LoopbackServer.start(0, storeDispatch);
    state.hubUrl = "http://127.0.0.1:" + server.port();
    state.storeUrl = "http://127.0.0.1:" + store.port();
  }

  /** Starts describing a simulator. */
  public static SimulatedHubBuilder builder() {
    return new SimulatedHubBuilder();
  }

  /** Returns where it listens: what {@code HF_ENDPOINT} must be. */
  public URI endpoint() {
    return URI.create(state.hubUrl);
  }

  /** Returns where inference endpoints are managed. */
  public URI endpointsApi() {
    return URI.create(state.hubUrl + "/v2");
  }

  /** Returns where base models answer, as at the Inference Providers' router. */
  public URI router() {
    return URI.create(state.hubUrl + "/router/v1");
  }

  /** Returns where data sets are shown row by row. */
  public URI datasetsServer() {
    return URI.create(state.hubUrl + ViewerRoutes.PATH);
  }

  /**
   * Puts a file into a repository, which is created if missing, in its own commit.
   *
   * @param repository {@code datasets/owner/name} or {@code models/owner/name}
   * @return the commit
   */
  public String putFile(String repository, String branch, String path, byte[] content) {
    synchronized (state) {
      Repository target =
          state.repositories.computeIfAbsent(
              repository,
              key ->
                  new Repository(
                      key.substring(0, key.indexOf("s/")),
                      key.substring(key.indexOf('/') + 1),
                      false));
      return target.put(branch, path, RepositoryFile.small(content));
    }
  }

  /**
   * Lets the server of data sets show these rows, each a JSON object, of a public data set as it
   * exists; another call for the same split replaces them.
   */
  public void publishRows(String dataset, String configuration, String split, List<String> rows) {
    String commit =
        putFile(
            "datasets/" + dataset,
            "main",
            configuration + "-" + split + ".jsonl",
            String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
    synchronized (state) {
      PublishedRows part =
          new PublishedRows(
              dataset,
              configuration,
              split,
              rows.stream().map(row -> Json.parseObject(row).asMap()).toList(),
              commit,
              state.now().plus(state.settings.preparing));
      state.published.put(part.key(), part);
    }
  }

  /** Returns the token that requests must carry. */
  public String token() {
    return state.settings.token;
  }

  /** Returns what is to go wrong, at the Hub and at its store. */
  public Faults faults() {
    return faults;
  }

  /** Returns all requests to the Hub so far with their answers. */
  public List<RecordedExchange> requests() {
    return dispatch.exchanges();
  }

  /** Returns all requests to the store so far with their answers. */
  public List<RecordedExchange> storeRequests() {
    return storeDispatch.exchanges();
  }

  /** Returns how many commits were made, whether anybody saw the answer or not. */
  public int commits() {
    synchronized (state) {
      return state.commits;
    }
  }

  /** Returns how many jobs were created, whether anybody saw the answer or not. */
  public int jobsCreated() {
    synchronized (state) {
      return state.jobsCreated;
    }
  }

  /** Returns how many Spaces were created, whether anybody saw the answer or not. */
  public int spacesCreated() {
    synchronized (state) {
      return state.spacesCreated;
    }
  }

  /** Returns the Spaces that are there, paused ones too. */
  public List<String> spaces() {
    synchronized (state) {
      return state.repositories.values().stream()
          .filter(repository -> repository.kind.equals("space"))
          .map(repository -> repository.name)
          .toList();
    }
  }

  /** Returns how many endpoints were created, whether anybody saw the answer or not. */
  public int endpointsCreated() {
    synchronized (state) {
      return state.endpointsCreated;
    }
  }

  /** Returns how many large files were stored whole. */
  public int largeFilesStored() {
    synchronized (state) {
      return state.objectsSent;
    }
  }

  /**
   * Returns how many bytes of large files were received, including parts of uncompleted uploads.
   */
  public long bytesStored() {
    synchronized (state) {
      return state.bytesStored;
    }
  }

  /**
   * Returns the parts in which a large file came, one for a file in one piece.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public List<StoredPart> partsOf(String sha256) {
    synchronized (state) {
      StoredObject object = state.objects.get(sha256);
      if (object == null) {
        throw new IllegalArgumentException("Nothing is stored under " + sha256 + ".");
      }
      return object.pieces();
    }
  }

  /** Lets the start of an endpoint fail. */
  public void failEndpoint(String name, String reason) {
    synchronized (state) {
      SimulatedEndpoint endpoint = state.endpoints.get(name);
      if (endpoint == null) {
        throw new IllegalArgumentException("There is no endpoint " + name + ".");
      }
      endpoint.fail(reason);
    }
  }

  /** Stops listening and forgets everything, also on disk. */
  @Override
  public void close() {
    server.close();
    store.close();
    state.contents.close();
  }
}
