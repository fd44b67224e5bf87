package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.ContentStore;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Identifiers;
import dev.finetune4j.simulator.SimulatedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The state of the simulated Hub. Access to its maps is guarded by its monitor. */
final class HubState {
  final HubSettings settings;
  final Identifiers ids;
  final ContentStore contents = new ContentStore();
  final Map<String, Repository> repositories = new LinkedHashMap<>();
  final Map<String, StoredObject> objects = new LinkedHashMap<>();
  final Map<String, MultipartObject> uploads = new LinkedHashMap<>();
  final Map<String, SimulatedHubJob> jobs = new LinkedHashMap<>();
  final Map<String, SimulatedSpace> spaces = new LinkedHashMap<>();
  final Map<String, SimulatedEndpoint> endpoints = new LinkedHashMap<>();
  final Map<String, PublishedRows> published = new LinkedHashMap<>();
  String hubUrl = "";
  String storeUrl = "";
  int commits;
  int jobsCreated;
  int spacesCreated;
  int endpointsCreated;
  long bytesStored;
  int objectsSent;

  HubState(HubSettings settings) {
    this.settings = settings;
    this.ids = new Identifiers(settings.seed);
  }

  /** Returns an id of 24 hexadecimal digits. */
  String hexId() {
    return Hashes.sha1(new byte[] {1}, ids.next("", 20).getBytes(StandardCharsets.UTF_8))
        .substring(0, 24);
  }

  Instant now() {
    return settings.time.now();
  }

  /** Returns whether the request carries the token. */
  boolean isKnown(SimulatedRequest request) {
    return request.header("Authorization").orElse("").equals("Bearer " + settings.token);
  }

  /** Returns the repository of a request, if the caller may see it. */
  Repository repository(String kind, SimulatedRequest request) throws ErrorResponseException {
    String name =
        request.variable("owner") + "/" + request.variable("name").replaceAll("\\.git$", "");
    Repository repository = repositories.get(kind + "s/" + name);
    boolean known = isKnown(request);
    if (repository == null || (repository.isPrivate && !known)) {
      throw HubErrors.unseen(!known);
    }
    return repository;
  }

  /** Returns what a repository of the kind space runs. */
  SimulatedSpace space(String name) {
    return spaces.computeIfAbsent(name, any -> new SimulatedSpace());
  }

  /** Commits what a program leaves that has ended well. */
  void leave(HubJobScenario course) throws ErrorResponseException {
    for (Map.Entry<String, String> push : course.pushes().entrySet()) {
      String[] place = push.getKey().split("/", 4);
      String key = place[0] + "/" + place[1] + "/" + place[2];
      Repository target =
          repositories.computeIfAbsent(
              key,
              any ->
                  new Repository(place[0].replaceAll("s$", ""), place[1] + "/" + place[2], true));
      TreeMap<String, RepositoryFile> files = new TreeMap<>(target.files("main"));
      files.put(place[3], RepositoryFile.small(push.getValue().getBytes(StandardCharsets.UTF_8)));
      target.commit("main", files);
    }
  }

  void requireToken(SimulatedRequest request) throws ErrorResponseException {
    if (!isKnown(request)) {
      throw HubErrors.unseen(true);
    }
  }
}
