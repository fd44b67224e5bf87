package dev.finetune4j.huggingface.hub;

import dev.finetune4j.providerkit.TransferListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of several files in a repository that is made whole or not at all.
 *
 * <pre>{@code
 * HubCommit.of("Recipes of May").file("data/train.jsonl", path).text("README.md", card).delete("old.jsonl")
 * }</pre>
 *
 * <p>Reads no file before it is committed. Not thread-safe.
 */
public final class HubCommit {
  private final String summary;
  private final Map<String, NewFile> files = new LinkedHashMap<>();
  private final Set<String> deletions = new LinkedHashSet<>();
  private String revision = "main";
  private TransferListener progress = TransferListener.NONE;
  private @Nullable String parent;

  private HubCommit(String summary) {
    this.summary = summary;
  }

  /** Starts a commit to {@code main} with this sentence as its title. */
  public static HubCommit of(String summary) {
    if (summary.isBlank()) {
      throw new IllegalArgumentException("A commit needs a title.");
    }
    return new HubCommit(summary);
  }

  /**
   * Puts a file at a path of the repository, in place of what may be there.
   *
   * @throws IllegalArgumentException if there is no such file, or the path leaves the repository
   */
  public HubCommit file(String path, Path file) {
    return put(NewFile.of(checked(path), file));
  }

  /** Puts a text at a path of the repository, in UTF-8. */
  public HubCommit text(String path, String text) {
    return put(new NewFile(checked(path), null, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Takes a file away, or a folder with all in it if the path ends in a slash. */
  public HubCommit delete(String path) {
    deletions.add(
        path.endsWith("/") ? checked(path.substring(0, path.length() - 1)) + "/" : checked(path));
    return this;
  }

  /** Sets the branch; {@code main} if not set. */
  public HubCommit to(String branch) {
    revision = branch;
    return this;
  }

  /**
   * Lets the commit fail with status 412 unless the branch still stands at {@code commit}. If not
   * set, what others have committed meanwhile stays, and this comes on top of it.
   */
  public HubCommit onlyAfter(String commit) {
    parent = commit;
    return this;
  }

  /** Sets who is told how much of each large file is sent; files travel one after another. */
  public HubCommit progress(TransferListener listener) {
    progress = listener;
    return this;
  }

  String summary() {
    return summary;
  }

  Map<String, NewFile> files() {
    return files;
  }

  Set<String> deletions() {
    return deletions;
  }

  String revision() {
    return revision;
  }

  @Nullable String parent() {
    return parent;
  }

  TransferListener progress() {
    return progress;
  }

  private HubCommit put(NewFile file) {
    files.put(file.path(), file);
    return this;
  }

  private static String checked(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.isBlank()
          || segment.equals(".")
          || segment.equals("..")
          || segment.equals(".git")) {
        throw new IllegalArgumentException(
            "\""
                + path
                + "\" is no path in a repository: it has no empty part, no dots and no .git.");
      }
    }
    return path;
  }
}
