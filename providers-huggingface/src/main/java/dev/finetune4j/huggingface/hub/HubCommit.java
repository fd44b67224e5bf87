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
 * An atomic change of several files in a repository.
 *
 * <pre>{@code
 * HubCommit.of("Recipes of May").file("data/train.jsonl", path).text("README.md", card).delete("old.jsonl")
 * }</pre>
 *
 * <p>Files are read only when the commit is made. Not thread-safe.
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

  /** Returns a commit to {@code main} with this title. */
  public static HubCommit of(String summary) {
    if (summary.isBlank()) {
      throw new IllegalArgumentException("The title of a commit must not be blank.");
    }
    return new HubCommit(summary);
  }

  /**
   * Adds or replaces a file at a path in the repository.
   *
   * @throws IllegalArgumentException if there is no such file, or the path leaves the repository
   */
  public HubCommit file(String path, Path file) {
    return put(NewFile.of(checked(path), file));
  }

  /** Adds or replaces a text file in UTF-8. */
  public HubCommit text(String path, String text) {
    return put(new NewFile(checked(path), null, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Deletes a file, or a folder with its content if the path ends with a slash. */
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
   * Makes the commit fail with status 412 unless the branch is still at {@code commit}. If not set,
   * the commit is made on top of what others have committed meanwhile.
   */
  public HubCommit onlyAfter(String commit) {
    parent = commit;
    return this;
  }

  /** Sets a listener for the upload progress of large files, which are sent one after another. */
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
                + "\" is not a valid path in a repository: it must not have empty parts, \".\","
                + " \"..\" or \".git\".");
      }
    }
    return path;
  }
}
