package dev.finetune4j.huggingface.hub;

import dev.finetune4j.error.AuthenticationException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.providerkit.Answer;
import dev.finetune4j.providerkit.Call;
import dev.finetune4j.providerkit.HttpTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The calls of one repository: its paths, and its errors. Thread-safe. */
final class HubCalls {
  private static final String BAD_TOKEN = "Invalid credentials in Authorization header";

  private final HttpTransport transport;
  private final RepositoryId repository;

  HubCalls(HttpTransport transport, RepositoryId repository) {
    this.transport = transport;
    this.repository = repository;
  }

  /**
   * Makes a call below {@code api/datasets/{owner}/{name}}.
   *
   * @param rest the path from there on, with a name in braces for each of {@code more}
   */
  Call api(BiFunction<String, String[], Call> method, String rest, String... more) {
    List<String> values = new ArrayList<>(repository.segments());
    String path =
        "api/" + repository.kind().word() + "s" + "/{segment}".repeat(values.size()) + rest;
    values.addAll(List.of(more));
    return method.apply(path, values.toArray(String[]::new));
  }

  /** Makes a GET of a file's content at a commit. */
  Call content(String revision, String path) {
    List<String> values = new ArrayList<>(repository.segments());
    values.add(revision);
    values.addAll(List.of(path.split("/", -1)));
    int names = repository.segments().size();
    return Call.get(
        folder()
            + "{segment}/".repeat(names)
            + "resolve"
            + "/{segment}".repeat(values.size() - names),
        values.toArray(String[]::new));
  }

  /** Makes the call that asks where large files go. */
  Call largeFiles() {
    List<String> values = new ArrayList<>(repository.segments());
    int last = values.size() - 1;
    values.set(last, values.get(last) + ".git");
    return Call.post(
        folder() + "{segment}/".repeat(values.size()) + "info/lfs/objects/batch",
        values.toArray(String[]::new));
  }

  Answer send(Call call) {
    return translated(() -> transport.send(call));
  }

  /** Runs an action on the repository, with its errors told apart. */
  <T> T translated(Supplier<T> action) {
    try {
      return action.get();
    } catch (AuthenticationException e) {
      if (e.failure().message().equals(BAD_TOKEN)) {
        throw e;
      }
      // Whoever may not see a repository is told 401, so that its name stays a secret.
      throw new NotFoundException(
          e.failure()
              .withCode(HubErrorReader.REPOSITORY_NOT_FOUND)
              .withMessage(
                  "There is no repository "
                      + repository
                      + ", or it is private and the token does not open it: "
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
