import dev.finetune4j.huggingface.hub.CommitResult;
import dev.finetune4j.huggingface.hub.HubCommit;
import dev.finetune4j.huggingface.hub.HubRepository;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.huggingface.hub.Visibility;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Commits the files of a folder: InterruptedCommit ENDPOINT FOLDER. */
public final class InterruptedCommit {

  private InterruptedCommit() {}

  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[1]))) {
      files = all.sorted().toList();
    }
    try (HuggingFaceHub hub =
        HuggingFaceHub.builder()
            .endpoint(URI.create(arguments[0]))
            .token("hf_simulatedtoken")
            .build()) {
      HubRepository data = hub.repository(RepositoryId.dataset("simulated/large"));
      data.create(Visibility.PRIVATE);
      HubCommit commit = HubCommit.of("Large data");
      for (Path file : files) {
        commit.file(file.getFileName().toString(), file);
      }
      CommitResult result = data.commit(commit);
      long heap =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .mapToLong(pool -> pool.getPeakUsage().getUsed())
              .sum();
      System.out.printf(
          "committed %s in %.1f s, heap at most %d MB%n",
          result, (System.nanoTime() - start) / 1e9, heap >> 20);
    }
  }
}
