package dev.finetune4j.providerkit.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process with everything that it started. Stateless. */
public final class ProcessTree {

  private ProcessTree() {}

  /**
   * Kills {@code root} and all its descendants and waits until they have ended, at most {@code
   * limit}. To let a process end by itself, ask it first.
   *
   * @return whether all have ended
   */
  public static boolean end(ProcessHandle root, Duration limit) {
    List<ProcessHandle> tree = new ArrayList<>(root.descendants().toList());
    // The root goes first, so that it starts nothing more while its children are ended.
    tree.add(0, root);
    List<ProcessHandle> ended = new ArrayList<>();
    for (ProcessHandle process : tree) {
      List<ProcessHandle> young = process.descendants().filter(p -> !tree.contains(p)).toList();
      for (ProcessHandle each : young) {
        each.destroyForcibly();
        ended.add(each);
      }
      process.destroyForcibly();
      ended.add(process);
    }
    CompletableFuture<Void> gone =
        CompletableFuture.allOf(
            ended.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    try {
      gone.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return ended.stream().noneMatch(ProcessHandle::isAlive);
    }
    return ended.stream().noneMatch(ProcessHandle::isAlive);
  }
}
