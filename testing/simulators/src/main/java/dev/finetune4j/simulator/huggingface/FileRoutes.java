package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.simulator.ErrorResponseException;
import dev.finetune4j.simulator.Routes;
import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files listed and fetched (reference: sections 1.5 and 1.6). */
final class FileRoutes {
  private static final int PAGE = 1000;

  private final HubState state;

  FileRoutes(HubState state) {
    this.state = state;
  }

  void addTo(Routes routes) {
    for (String kind : List.of("model", "dataset", "space")) {
      String api = "/api/" + kind + "s/{owner}/{name}";
      String page = kind.equals("model") ? "/{owner}/{name}" : "/" + kind + "s/{owner}/{name}";
      routes
          .add("GET", api + "/tree/{rev}", request -> tree(kind, request, ""))
          .add("GET", api + "/tree/{rev}/{path*}", r -> tree(kind, r, r.variable("path") + "/"))
          .add("POST", api + "/paths-info/{rev}", request -> paths(kind, request))
          .add("HEAD", page + "/resolve/{rev}/{path*}", request -> head(kind, request))
          .add("GET", page + "/resolve/{rev}/{path*}", request -> content(kind, request));
    }
  }

  private SimulatedResponse tree(String kind, SimulatedRequest request, String below)
      throws ErrorResponseException {
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    boolean deep = request.query("recursive").map("true"::equalsIgnoreCase).orElse(false);
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      TreeSet<String> folders = new TreeSet<>();
      repository
          .files(request.variable("rev"))
          .forEach(
              (path, file) -> {
                String rest = path.startsWith(below) ? path.substring(below.length()) : "";
                for (int cut = rest.indexOf('/'); cut >= 0; cut = rest.indexOf('/', cut + 1)) {
                  folders.add(below + rest.substring(0, cut));
                }
                if (!rest.isEmpty() && (deep || rest.indexOf('/') < 0)) {
                  items.add(file.toTree(path));
                }
              });
      folders.stream()
          .filter(folder -> deep || folder.indexOf('/', below.length()) < 0)
          .forEach(folder -> items.add(folder(folder)));
    }
    return page(request, items);
  }

  private SimulatedResponse page(
      SimulatedRequest request, List<Map<String, @Nullable Object>> items) {
    int from = Integer.parseInt(request.query("cursor").orElse("0"));
    int to = Math.min(items.size(), from + PAGE);
    SimulatedResponse answer = array(items.subList(from, to));
    String query = request.rawQuery().replaceAll("&?cursor=\\d+", "");
    return to == items.size()
        ? answer
        : answer.withHeader(
            "Link",
            "<"
                + state.hubUrl
                + request.path()
                + "?"
                + query
                + "&cursor="
                + to
                + ">; rel=\"next\"");
  }

  private SimulatedResponse paths(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    List<String> asked = asked(request);
    synchronized (state) {
      SortedMap<String, RepositoryFile> files =
          state.repository(kind, request).files(request.variable("rev"));
      for (String path : asked) {
        RepositoryFile file = files.get(path);
        if (file != null) {
          items.add(file.toTree(path));
        } else if (files.keySet().stream().anyMatch(other -> other.startsWith(path + "/"))) {
          items.add(folder(path));
        }
      }
    }
    return array(items);
  }

  private static List<String> asked(SimulatedRequest request) {
    if (request.text().startsWith("{")) {
      return request.json().list("paths").stream().map(String::valueOf).toList();
    }
    return List.of(request.text().split("&", -1)).stream()
        .filter(pair -> pair.startsWith("paths="))
        .map(pair -> URLDecoder.decode(pair.substring(6), StandardCharsets.UTF_8))
        .toList();
  }

  private SimulatedResponse head(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    RepositoryFile file = file(kind, request);
    SimulatedResponse answer =
        file.sha256() == null
            ? SimulatedResponse.content(200, "text/plain", small(file))
            : redirect(file);
    return dressed(kind, request, file, answer);
  }

  private SimulatedResponse content(String kind, SimulatedRequest request)
      throws ErrorResponseException {
    RepositoryFile file = file(kind, request);
    if (file.sha256() != null) {
      return dressed(kind, request, file, redirect(file));
    }
    return dressed(kind, request, file, Ranges.answer(request, small(file)));
  }

  private static StoredContent small(RepositoryFile file) {
    StoredContent content = file.content();
    return content == null ? StoredContent.of("") : content;
  }

  private SimulatedResponse redirect(RepositoryFile file) {
    return SimulatedResponse.content(302, "text/plain", StoredContent.of("Found"))
        .withHeader(
            "Location",
            state.storeUrl + "/objects/" + file.sha256() + "?" + Signature.until(state.now()));
  }

  private SimulatedResponse dressed(
      String kind, SimulatedRequest request, RepositoryFile file, SimulatedResponse answer)
      throws ErrorResponseException {
    synchronized (state) {
      String commit = state.repository(kind, request).resolve(request.variable("rev"));
      SimulatedResponse named =
          answer
              .withHeader("X-Repo-Commit", commit)
              .withHeader("Accept-Ranges", "bytes")
              .withHeader("ETag", "\"" + file.contentId() + "\"");
      return file.sha256() == null
          ? named
          : named
              .withHeader("X-Linked-Size", String.valueOf(file.size()))
              .withHeader("X-Linked-Etag", "\"" + file.sha256() + "\"");
    }
  }

  private RepositoryFile file(String kind, SimulatedRequest request) throws ErrorResponseException {
    synchronized (state) {
      Repository repository = state.repository(kind, request);
      if (state.settings.gated.contains(repository.name)) {
        throw new ErrorResponseException(
            HubErrors.of(
                403,
                "GatedRepo",
                "Access to "
                    + kind
                    + " "
                    + repository.name
                    + " is restricted and you are not in the authorized list."));
      }
      RepositoryFile file = repository.files(request.variable("rev")).get(request.variable("path"));
      if (file == null) {
        throw HubErrors.noEntry();
      }
      return file;
    }
  }

  private static Map<String, @Nullable Object> folder(String path) {
    return JsonObject.empty()
        .put("type", "directory")
        .put("oid", Hashes.sha1(new byte[0], path.getBytes(StandardCharsets.UTF_8)))
        .put("size", 0)
        .put("path", path)
        .asMap();
  }

  private static SimulatedResponse array(List<?> items) {
    return SimulatedResponse.content(
        200, "application/json; charset=utf-8", StoredContent.of(Json.write(items)));
  }
}
