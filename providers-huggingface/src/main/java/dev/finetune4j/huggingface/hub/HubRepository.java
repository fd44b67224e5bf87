package dev.finetune4j.huggingface.hub;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.internal.lfs.LargeFileUpload;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.ApiResponse;
import dev.finetune4j.providerkit.Idempotency;
import dev.finetune4j.providerkit.Query;
import dev.finetune4j.providerkit.TransferListener;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Operations on one repository. Thread-safe.
 *
 * <p>A revision is a branch, a tag or a commit. Every method throws {@link NotFoundException} if
 * there is no such repository, revision or file, with the Hub's code in the failure: {@code
 * RepoNotFound}, {@code RevisionNotFound}, {@code EntryNotFound}; and {@link PermissionException}
 * with {@code GatedRepo} if access must be requested.
 */
public final class HubRepository {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int PATHS = 500;
  private static final int CONFLICT = 409;

  private final RepositoryId id;
  private final HubConnection connection;
  private final HubCalls calls;

  HubRepository(RepositoryId id, HubConnection connection) {
    this.id = id;
    this.connection = connection;
    calls = new HubCalls(connection.transport(), id);
  }

  /** Returns the ID of the repository. */
  public RepositoryId id() {
    return id;
  }

  /**
   * Creates the repository; does nothing if it exists. One request, two if it exists, more if the
   * Hub is busy. Free as long as the account's storage is not full.
   *
   * @throws PermissionException if it should be private but already exists and is public
   */
  public void create(Visibility visibility) {
    for (int failed = 1; ; failed++) {
      try {
        connection.transport().send(ApiRequest.post("api/repos/create").json(creation(visibility)));
        return;
      } catch (InvalidRequestException | ProviderUnavailableException e) {
        boolean isConflict = e.failure().httpStatus().orElse(0) == CONFLICT;
        if (isConflict && e.failure().message().contains("already created")) {
          requirePrivacy(visibility);
          return;
        } else if (!(isConflict || e instanceof ProviderUnavailableException)
            || !Backoff.isLeft(failed)) {
          throw e;
        }
        connection.backoff().pause(failed);
      }
    }
  }

  private void requirePrivacy(Visibility visibility) {
    boolean isPublic =
        visibility == Visibility.PRIVATE
            && calls
                .send(calls.api(ApiRequest::get, ""))
                .json(info -> !info.findBoolean("private").orElse(true));
    if (isPublic) {
      throw new PermissionException(
          ProviderFailure.of(
              connection.transport().provider(),
              id + " already exists and is public. Make it private, or choose another name."));
    }
  }

  /** Permanently deletes the repository; does nothing if it does not exist. One request. */
  public void delete() {
    try {
      JsonObject body = name().putIfPresent("type", type());
      calls.send(
          ApiRequest.delete("api/repos/delete")
              .text(body.toString(), "application/json; charset=utf-8"));
    } catch (NotFoundException gone) {
      if (!HubErrorReader.REPOSITORY_NOT_FOUND.equals(gone.failure().code().orElse(null))) {
        throw gone;
      }
    }
  }

  /** Changes the visibility. One request. */
  public void changeVisibility(Visibility visibility) {
    calls.send(
        calls
            .api(ApiRequest::put, "/settings")
            .json(JsonObject.empty().put("visibility", visibility.word())));
  }

  /** Returns whether the repository exists and the token has access. One request. */
  public boolean exists() {
    try {
      calls.send(calls.api(ApiRequest::get, ""));
      return true;
    } catch (NotFoundException absent) {
      return false;
    }
  }

  /** Returns the commit of a revision, 40 hexadecimal digits. One request. */
  public String commitOf(String revision) {
    return calls
        .send(calls.api(ApiRequest::get, "/revision/{revision}", revision))
        .json(answer -> answer.requireString("sha"));
  }

  /** Returns all files at a revision. One request per 1,000 files and folders. */
  public List<HubFile> files(String revision) {
    List<HubFile> files = new ArrayList<>();
    ApiRequest call =
        calls
            .api(ApiRequest::get, "/tree/{revision}", revision)
            .query(Query.of("recursive", "True").and("expand", "False"));
    for (@Nullable ApiRequest next = call; next != null; ) {
      ApiResponse page = calls.send(next);
      page.jsonList(HubRepository::file).stream().flatMap(Optional::stream).forEach(files::add);
      next = page.header("Link").flatMap(this::next).map(ApiRequest::get).orElse(null);
    }
    return files;
  }

  /** Returns those of the files that exist. One request per 500 paths. */
  public List<HubFile> files(String revision, List<String> paths) {
    List<HubFile> files = new ArrayList<>();
    for (int from = 0; from < paths.size(); from += PATHS) {
      StringBuilder form = new StringBuilder("expand=false");
      for (String path : paths.subList(from, Math.min(paths.size(), from + PATHS))) {
        form.append("&paths=").append(URLEncoder.encode(path, StandardCharsets.UTF_8));
      }
      ApiRequest call =
          calls
              .api(ApiRequest::post, "/paths-info/{revision}", revision)
              .text(form.toString(), "application/x-www-form-urlencoded")
              .idempotency(Idempotency.SAFE);
      calls.send(call).jsonList(HubRepository::file).forEach(file -> file.ifPresent(files::add));
    }
    return files;
  }

  /**
   * Commits and returns once the branch has all changes. Unchanged files are not sent; if nothing
   * has changed no commit is made. Uses constant memory. A few requests, and one for each large
   * file or part of one. After a lost response, the commit is looked for before it is sent again.
   *
   * @throws InvalidRequestException with status 412 if the branch is no longer at the commit's
   *     parent
   */
  public CommitResult commit(HubCommit commit) {
    LargeFileUpload upload =
        new LargeFileUpload(connection.transport(), calls::largeFiles, connection::mirrored);
    return new CommitRun(this, upload, connection.backoff(), commit).run();
  }

  /**
   * Downloads a file as {@link #download(String, String, TransferListener)} does, without a
   * listener.
   */
  public Path download(String revision, String path) {
    return download(revision, path, TransferListener.NONE);
  }

  /**
   * Returns a file in the cache that the Python client also uses, downloading it if necessary.
   * Resumes interrupted downloads and checks the hash. Up to three requests. Do not change the
   * file.
   */
  public Path download(String revision, String path, TransferListener progress) {
    String commit = pinned(revision);
    HubFile file =
        files(commit, List.of(path)).stream()
            .findFirst()
            .orElseThrow(() -> connection.noSuchFile(id, commit, path));
    return connection.cache().fetch(calls, id, commit, file, progress);
  }

  /**
   * Returns the cache folder with all files of a revision, downloading missing ones. One request
   * per file, and a few more.
   */
  public Path downloadAll(String revision) {
    String commit = pinned(revision);
    for (HubFile file : files(commit)) {
      connection.cache().fetch(calls, id, commit, file, TransferListener.NONE);
    }
    return connection.cache().snapshot(id, commit);
  }

  HubCalls calls() {
    return calls;
  }

  private String pinned(String revision) {
    if (COMMIT.matcher(revision).matches()) {
      return revision;
    }
    String commit = commitOf(revision);
    connection.cache().remember(id, revision, commit);
    return commit;
  }

  private JsonObject creation(Visibility visibility) {
    JsonObject body = name().put("visibility", visibility.word()).putIfPresent("type", type());
    return id.kind() == RepositoryKind.SPACE ? body.put("sdk", "docker") : body;
  }

  private JsonObject name() {
    List<String> segments = id.segments();
    String owner = segments.size() == 2 ? segments.get(0) : connection.account().name();
    String organization = owner.equals(connection.account().name()) ? null : owner;
    return JsonObject.empty()
        .put("name", segments.get(segments.size() - 1))
        .put("organization", organization);
  }

  private @Nullable String type() {
    return id.kind() == RepositoryKind.MODEL ? null : id.kind().word();
  }

  private static Optional<HubFile> file(JsonObject json) {
    return json.requireString("type").equals("file")
        ? Optional.of(HubFile.of(json))
        : Optional.empty();
  }

  private Optional<HttpUrl> next(String links) {
    Matcher next = NEXT.matcher(links);
    return next.find()
        ? Optional.ofNullable(HttpUrl.parse(connection.mirrored(next.group(1))))
        : Optional.empty();
  }
}
