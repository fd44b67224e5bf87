package dev.finetune4j.huggingface.hub;

import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.ApiResponse;
import dev.finetune4j.providerkit.HttpTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The paths and errors of calls for one repository. Thread-safe. */
final class HubCalls {
  private static final String BAD_TOKEN = "Invalid credentials in Authorization header";

  private final HttpTransport transport;
  private final RepositoryId repository;

  HubCalls(HttpTransport transport, RepositoryId repository) {
    this.transport = transport;
    this.repository = repository;
  }

  /**
   * Returns a call below {@code api/datasets/{owner}/{name}}.
   *
   * @param rest the rest of the path, with a placeholder in braces for each of {@code more}
   */
  ApiRequest api(BiFunction<String, String[], ApiRequest> method, String rest, String... more) {
    List<String> values = new ArrayList<>(repository.segments());
    String path =
        "api/" + repository.kind().word() + "s" + "/{segment}".repeat(values.size()) + rest;
    values.addAll(List.of(more));
    return method.apply(path, values.toArray(String[]::new));
  }

  /** Returns a GET of a file's content at a commit. */
  ApiRequest content(String revision, String path) {
    List<String> values = new ArrayList<>(repository.segments());
    values.add(revision);
    values.addAll(List.of(path.split("/", -1)));
    int names = repository.segments().size();
    return ApiRequest.get(
        folder()
            + "{segment}/".repeat(names)
            + "resolve"
            + "/{segment}".repeat(values.size() - names),
        values.toArray(String[]::new));
  }

  /** Returns the call that asks where to upload large files. */
  ApiRequest largeFiles() {
    List<String> values = new ArrayList<>(repository.segments());
    int last = values.size() - 1;
    values.set(last, values.get(last) + ".git");
    return ApiRequest.post(
        folder() + "{segment}/".repeat(values.size()) + "info/lfs/objects/batch",
        values.toArray(String[]::new));
  }

  ApiResponse send(ApiRequest call) {
    return translated(() -> transport.send(call));
  }

  /** Runs an action on the repository and translates its errors. */
  <T> T translated(Supplier<T> action) {
    try {
      return action.get();
    } catch (AuthenticationException e) {
      if (e.failure().message().equals(BAD_TOKEN)) {
        throw e;
      }
      // The Hub also answers 401 for private repositories, to keep their names secret.
      throw new NotFoundException(
          e.failure()
              .withCode(HubErrorReader.REPOSITORY_NOT_FOUND)
              .withMessage(
                  "Cannot find the repository "
                      + repository
                      + ", or it is private and the token has no access: "
                      + e.failure().message()));
    }
  }

  HttpTransport transport() {
    return transport;
  }

  private String folder() {
    return repository.kind().folder().isEmpty() ? "" : repository.kind().folder() + "/";
  }
}
