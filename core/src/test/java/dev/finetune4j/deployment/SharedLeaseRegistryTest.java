package dev.finetune4j.deployment;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes at once on one folder of leases. */
final class SharedLeaseRegistryTest {
  @TempDir Path directory;

  @Test
  void twoProcessesLoseNoLeaseAndEachContestedNameHasOneHolder() throws Exception {
    Process left = start("left");
    Process right = start("right");
    BufferedReader leftSays = left.inputReader(StandardCharsets.UTF_8);
    BufferedReader rightSays = right.inputReader(StandardCharsets.UTF_8);
    assertThat(List.of(leftSays.readLine(), rightSays.readLine())).containsOnly("ready");

    go(left);
    go(right);
    List<String> refused =
        Stream.concat(leftSays.lines().toList().stream(), rightSays.lines().toList().stream())
            .toList();

    assertThat(List.of(exit(left), exit(right))).containsOnly(0);
    assertThat(refused).containsExactlyInAnyOrderElementsOf(names(LeaseWriter.CONTESTED));
    List<Lease> leases = FileLeaseRegistry.open(directory, Time.system()).leases();
    List<String> all = new ArrayList<>(names("left-"));
    all.addAll(names("right-"));
    all.addAll(names(LeaseWriter.CONTESTED));
    assertThat(leases).extracting(Lease::deploymentName).containsExactlyInAnyOrderElementsOf(all);
    Map<String, List<Lease>> byHolder = leases.stream().collect(groupingBy(Lease::holder));
    assertThat(byHolder).containsOnlyKeys("left", "right");
    assertThat(directory.toFile().list()).hasSize(3 * LeaseWriter.NAMES + 1).contains("lock");
  }

  private static List<String> names(String prefix) {
    return IntStream.range(0, LeaseWriter.NAMES).mapToObj(i -> prefix + i).toList();
  }

  private Process start(String holder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            LeaseWriter.class.getName(),
            directory.toString(),
            holder);
    String surefire = System.getProperty("surefire.test.class.path");
    String path = surefire == null ? System.getProperty("java.class.path") : surefire;
    builder.environment().put("CLASSPATH", Objects.requireNonNull(path));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void go(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
