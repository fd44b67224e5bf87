package dev.finetune4j.huggingface.hub;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.PermissionException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.internal.lfs.LargeFileUpload;
import dev.finetune4j.json.JsonObject;
import dev.finetune4j.providerkit.Answer;
import dev.finetune4j.providerkit.Call;
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
 * The verbs of one repository. Thread-safe.
 *
 * <p>A revision is a branch, a tag or a commit. Every method throws {@link NotFoundException} if
 * there is no such repository, revision or file, with the Hub's code in the failure: {@code
 * RepoNotFound}, {@code RevisionNotFound}, {@code EntryNotFound}; and {@link PermissionException}
 * with {@code GatedRepo} where access must be asked for.
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

  /** Returns its name. */
  public RepositoryId id() {
    return id;
  }

  /**
   * Makes it, unless it is there, which is no error and changes nothing. One request, two if it is
   * there, more where the Hub is busy with another. Costs nothing as long as the storage of the
   * account is not full.
   *
   * @throws PermissionException if it is to be private, and is there for everybody to read: what is
   *     private never goes into it unasked
   */
  public void create(Visibility visibility) {
    for (int failed = 1; ; failed++) {
      try {
        connection.transport().send(Call.post("api/repos/create").json(creation(visibility)));
        return;
      } catch (InvalidRequestException | ProviderUnavailableException e) {
        boolean isConflict = e.failure().httpStatus().orElse(0) == CONFLICT;
        if (isConflict && e.failure().message().contains("already created")) {
          requireKept(visibility);
          return;
        } else if (!(isConflict || e instanceof ProviderUnavailableException)
            || !Patience.isLeft(failed)) {
          throw e;
        }
        connection.patience().pause(failed);
      }
    }
  }

  private void requireKept(Visibility wished) {
    boolean isPublic =
        wished == Visibility.PRIVATE
            && calls
                .send(calls.api(Call::get, ""))
                .json(info -> !info.findBoolean("private").orElse(true));
    if (isPublic) {
      throw new PermissionException(
          ProviderFailure.of(
              connection.transport().provider(),
              id + " is there and public. Make it private, or take another name."));
    }
  }

  /** Deletes it with all that it holds, for good; one that is gone is no error. One request. */
  public void delete() {
    try {
      JsonObject body = name().putIfPresent("type", type());
      calls.send(
          Call.delete("api/repos/delete").text(body.toString(), "application/json; charset=utf-8"));
    } catch (NotFoundException gone) {
      if (!HubErrorReader.REPOSITORY_NOT_FOUND.equals(gone.failure().code().orElse(null))) {
        throw gone;
      }
    }
  }

  /** Changes who may see it. One request. */
  public void changeVisibility(Visibility visibility) {
    calls.send(
        calls
            .api(Call::put, "/settings")
            .json(JsonObject.empty().put("visibility", visibility.word())));
  }

  /** Returns whether it is there and the token opens it. One request. */
  public boolean exists() {
    try {
      calls.send(calls.api(Call::get, ""));
      return true;
    } catch (NotFoundException absent) {
      return false;
    }
  }

  /** Returns the commit at which a revision stands, 40 hexadecimal digits. One request. */
  public String commitOf(String revision) {
    return calls
        .send(calls.api(Call::get, "/revision/{revision}", revision))
        .json(answer -> answer.requireString("sha"));
  }

  /** Returns all files at a revision. One request per 1,000 files and folders. */
  public List<HubFile> files(String revision) {
    List<HubFile> files = new ArrayList<>();
    Call call =
        calls
            .api(Call::get, "/tree/{revision}", revision)
            .query(Query.of("recursive", "True").and("expand", "False"));
    for (@Nullable Call next = call; next != null; ) {
      Answer page = calls.send(next);
      page.jsonList(HubRepository::file).stream().flatMap(Optional::stream).forEach(files::add);
      next = page.header("Link").flatMap(this::next).map(Call::get).orElse(null);
    }
    return files;
  }

  /** Returns those of the files that are there. One request per 500 paths. */
  public List<HubFile> files(String revision, List<String> paths) {
    List<HubFile> files = new ArrayList<>();
    for (int from = 0; from < paths.size(); from += PATHS) {
      StringBuilder form = new StringBuilder("expand=false");
      for (String path : paths.subList(from, Math.min(paths.size(), from + PATHS))) {
        form.append("&paths=").append(URLEncoder.encode(path, StandardCharsets.UTF_8));
      }
      Call call =
          calls
              .api(Call::post, "/paths-info/{revision}", revision)
              .text(form.toString(), "application/x-www-form-urlencoded")
              .idempotency(Idempotency.SAFE);
      calls.send(call).jsonList(HubRepository::file).forEach(file -> file.ifPresent(files::add));
    }
    return files;
  }

  /**
   * Commits, and returns once the branch has all of it. Files that are there already with the same
   * content are not sent; if nothing is left there is no commit. In constant memory. Some requests,
   * and one for each large file or each part of one; a commit whose answer was lost is looked for
   * before it is sent again.
   *
   * @throws InvalidRequestException with status 412 if the branch has left the commit's parent
   */
  public CommitResult commit(HubCommit commit) {
    LargeFileUpload upload =
        new LargeFileUpload(connection.transport(), calls::largeFiles, connection::mirrored);
    return new CommitRun(this, upload, connection.patience(), commit).run();
  }

  /** As {@link #download(String, String, TransferListener)}, and nobody is told. */
  public Path download(String revision, String path) {
    return download(revision, path, TransferListener.NONE);
  }

  /**
   * Returns a file in the cache of this machine, the one that the Python client also uses, and
   * fetches it if it is not there: continued where an earlier download was cut, checked against its
   * hash. Up to three requests. Do not change the file.
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
   * Returns the folder in the cache that holds all files of a revision, and fetches those that are
   * not there. One request per file, and a few.
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
