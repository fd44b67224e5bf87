package dev.finetune4j.deployment;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that writes leases: says "ready", waits for a line, then takes in turn a name of its
 * own and one that its rival wants as well. Prints the names that it was refused.
 */
public final class LeaseWriter {
  static final int NAMES = 60;
  static final String CONTESTED = "contested-";

  private LeaseWriter() {}

  public static void main(String[] arguments) throws IOException {
    FileLeaseRegistry registry = FileLeaseRegistry.open(Path.of(arguments[0]), Time.system());
    String holder = arguments[1];
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    input.readLine();
    for (int i = 0; i < NAMES; i++) {
      reserve(registry, holder + "-" + i, holder);
      try {
        reserve(registry, CONTESTED + i, holder);
      } catch (LeaseConflictException refused) {
        System.out.println(CONTESTED + i);
      }
    }
  }

  private static void reserve(LeaseRegistry registry, String name, String holder) {
    ModelReference model = new ModelReference(new ProviderId("fake"), "ft:base:job-1");
    registry.reserve(
        DeploymentSpec.of(model, name, Capacity.serverless()),
        LeaseTerms.of(holder, Duration.ofHours(1)));
  }
}
