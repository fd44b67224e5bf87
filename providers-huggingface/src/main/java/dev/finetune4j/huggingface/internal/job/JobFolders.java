package dev.finetune4j.huggingface.internal.job;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.huggingface.hub.HubCommit;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.Visibility;
import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.training.SubmissionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The private data set with the job folders of an account, each under its submission key.
 * Thread-safe.
 */
public final class JobFolders {
  private static final String NAME = "finetune4j-jobs";

  private final HuggingFaceHub hub;
  private final Supplier<String> owner;

  /**
   * Creates an instance for one account. No I/O.
   *
   * @param owner the owner of the data set
   */
  public JobFolders(HuggingFaceHub hub, Supplier<String> owner) {
    this.hub = hub;
    this.owner = owner;
  }

  /** Returns the name of the data set, with its owner. */
  public String repository() {
    return owner.get() + "/" + NAME;
  }

  /**
   * Commits a folder and returns the commit, 40 hexadecimal digits. A few requests.
   *
   * @param beside additional text files, by name
   */
  public String commit(SubmissionKey key, JobContents contents, Map<String, String> beside) {
    HubRepository data = hub.repository(RepositoryId.dataset(repository()));
    data.create(Visibility.PRIVATE);
    try {
      Path folder = Files.createTempDirectory("finetune4j-job");
      try {
        contents.writeTo(folder);
        HubCommit commit = HubCommit.of("Job " + key);
        beside.forEach((name, text) -> commit.text(key + "/" + name, text));
        for (Path file : files(folder)) {
          commit.file(key + "/" + folder.relativize(file).toString().replace('\\', '/'), file);
        }
        return data.commit(commit).commit();
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new DataFileException("write", Path.of(key.value()), e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
