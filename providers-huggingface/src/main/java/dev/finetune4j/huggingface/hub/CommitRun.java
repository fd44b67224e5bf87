package dev.finetune4j.huggingface.hub;

import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.huggingface.internal.lfs.LargeFile;
import dev.finetune4j.huggingface.internal.lfs.LargeFileUpload;
import dev.finetune4j.providerkit.ApiRequest;
import dev.finetune4j.providerkit.RequestContent;
import dev.finetune4j.providerkit.TransferListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one commit: uploads large files, sends the commit, and after a lost response or an error
 * looks for the commit before sending it again. Not thread-safe.
 */
final class CommitRun {
  private static final String LINES = "application/x-ndjson";
  private static final int LOCKED = 409;
  private static final int MOVED = 412;

  private final HubRepository repository;
  private final HubCalls calls;
  private final LargeFileUpload upload;
  private final Backoff backoff;
  private final HubCommit commit;

  CommitRun(HubRepository repository, LargeFileUpload upload, Backoff backoff, HubCommit commit) {
    this.repository = repository;
    this.calls = repository.calls();
    this.upload = upload;
    this.backoff = backoff;
    this.commit = commit;
  }

  CommitResult run() {
    Preupload sorted = Preupload.of(calls, commit);
    String parent = commit.parent() == null ? sorted.head() : commit.parent();
    int changed = sorted.small().size() + sorted.large().size() + commit.deletions().size();
    if (changed == 0) {
      String head = parent == null ? repository.commitOf(commit.revision()) : parent;
      return new CommitResult(head, 0, sorted.unchanged());
    }
    upload.store(largeFiles(sorted), commit.revision());
    return new CommitResult(send(sorted, parent), changed, sorted.unchanged());
  }

  private List<LargeFile> largeFiles(Preupload sorted) {
    List<LargeFile> files = new ArrayList<>();
    TransferListener progress = commit.progress();
    sorted
        .large()
        .forEach(
            (file, hash) -> files.add(new LargeFile(hash, file.size(), file::content, progress)));
    return files;
  }

  private String send(Preupload sorted, @Nullable String first) {
    String parent = first;
    try (CommitBody body = new CommitBody()) {
      for (int failed = 1; ; failed++) {
        try {
          RequestContent content = RequestContent.of(body.write(commit, sorted, parent));
          ApiRequest call =
              calls
                  .api(ApiRequest::post, "/commit/{revision}", commit.revision())
                  .content(content, LINES, TransferListener.NONE);
          return calls.send(call).json(answer -> answer.requireString("commitOid"));
        } catch (ProviderUnavailableException | InvalidRequestException e) {
          if (!Backoff.isLeft(failed) || !isPassing(e)) {
            throw e;
          }
          backoff.pause(failed);
          String head = repository.commitOf(commit.revision());
          if (!head.equals(parent) && isIn(head, sorted)) {
            return head;
          }
          if (commit.parent() == null) {
            parent = head;
          } else if (status(e) == MOVED) {
            throw e;
          }
        }
      }
    }
  }

  /** Returns whether the commit may exist despite the error, or may succeed later. */
  private static boolean isPassing(ProviderException e) {
    return e instanceof ProviderUnavailableException || status(e) == LOCKED || status(e) == MOVED;
  }

  private static int status(ProviderException e) {
    return e.failure().httpStatus().orElse(0);
  }

  // A gateway error or a lost response does not tell whether the Hub made the commit.
  private boolean isIn(String head, Preupload sorted) {
    Map<String, String> wanted = new HashMap<>();
    sorted.small().forEach(file -> wanted.put(file.path(), file.gitId()));
    sorted.large().forEach((file, hash) -> wanted.put(file.path(), hash));
    List<String> asked = new ArrayList<>(wanted.keySet());
    commit.deletions().stream().map(path -> path.replaceAll("/$", "")).forEach(asked::add);
    Map<String, String> there = new HashMap<>();
    repository.files(head, asked).forEach(file -> there.put(file.path(), file.contentId()));
    return there.equals(wanted) && (!wanted.isEmpty() || !commit.deletions().isEmpty());
  }
}
