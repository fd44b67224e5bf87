package dev.finetune4j.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.tck.LeaseRegistryContract;
import dev.finetune4j.testkit.FakeClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseRegistryTest {
  private static final ProviderId PROVIDER = new ProviderId("fake");
  private static final ModelReference MODEL = new ModelReference(PROVIDER, "ft:base:job-1");
  private static final DeploymentSpec SPEC =
      DeploymentSpec.of(MODEL, "recipes", Capacity.serverless());
  private static final LeaseTerms TERMS = LeaseTerms.of("run-7", Duration.ofHours(2));

  @Nested
  final class InMemory extends LeaseRegistryContract {
    private @Nullable LeaseRegistry registry;

    @Override
    protected LeaseRegistry open(Time clock) {
      if (registry == null) {
        registry = new InMemoryLeaseRegistry(clock);
      }
      return registry;
    }
  }

  @Nested
  final class InFiles extends LeaseRegistryContract {
    @TempDir Path directory;

    /** Returns a new object each time, so that only the files are shared. */
    @Override
    protected LeaseRegistry open(Time clock) {
      return FileLeaseRegistry.open(directory, clock);
    }

    private LeaseRegistry registry() {
      return open(new FakeClock());
    }

    @Test
    void aPartlyWrittenDraftIsIgnored() throws Exception {
      Lease lease = registry().reserve(SPEC, TERMS);
      Files.writeString(directory.resolve(lease.id() + ".draft"), "{\"format\":1,\"id\":\"lea");

      assertThat(registry().leases()).containsExactly(lease);
      assertThat(registry().renew(lease, Duration.ofDays(1)).isExpired()).isFalse();
    }

    @Test
    void anUnreadableFileIsNamed() throws Exception {
      Lease lease = registry().reserve(SPEC, TERMS);
      Path file = directory.toRealPath().resolve(lease.id() + ".json");
      Files.writeString(file, "{");

      assertThatThrownBy(() -> registry().leases())
          .isInstanceOf(LeaseRegistryException.class)
          .hasMessageStartingWith("Cannot read the lease " + file + ". Find");
    }

    @Test
    void anUnknownFormatIsRefused() throws Exception {
      Lease lease = registry().reserve(SPEC, TERMS);
      Path file = directory.resolve(lease.id() + ".json");
      Files.writeString(file, Files.readString(file).replace("\"format\": 1", "\"format\": 2"));

      assertThatThrownBy(() -> registry().leases())
          .isInstanceOf(LeaseRegistryException.class)
          .hasRootCauseMessage("Unknown lease format 2; this release reads format 1.");
    }

    @Test
    void threadsWithTheirOwnRegistriesLoseNoLease() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Lease>> reserved = new ArrayList<>();
      for (int number = 0; number < 40; number++) {
        DeploymentSpec spec = DeploymentSpec.of(MODEL, "name-" + number, Capacity.serverless());
        reserved.add(threads.submit(() -> registry().reserve(spec, TERMS)));
      }

      for (Future<Lease> each : reserved) {
        each.get();
      }
      threads.shutdown();

      assertThat(registry().leases()).hasSize(40);
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files.filter(file -> file.toString().endsWith(".draft"))).isEmpty();
      }
    }
  }
}
