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
    private @Nullable LeaseRegistry book;

    @Override
    protected LeaseRegistry open(Time clock) {
      if (book == null) {
        book = new InMemoryLeaseRegistry(clock);
      }
      return book;
    }
  }

  @Nested
  final class InFiles extends LeaseRegistryContract {
    @TempDir Path directory;

    /** A new object each time: what is not on disk is forgotten. */
    @Override
    protected LeaseRegistry open(Time clock) {
      return FileLeaseRegistry.open(directory, clock);
    }

    private LeaseRegistry book() {
      return open(new FakeClock());
    }

    @Test
    void aHalfWrittenDraftIsIgnored() throws Exception {
      Lease lease = book().reserve(SPEC, TERMS);
      Files.writeString(directory.resolve(lease.id() + ".draft"), "{\"format\":1,\"id\":\"lea");

      assertThat(book().leases()).containsExactly(lease);
      assertThat(book().renew(lease, Duration.ofDays(1)).isExpired()).isFalse();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
      Lease lease = book().reserve(SPEC, TERMS);
      Path file = directory.toRealPath().resolve(lease.id() + ".json");
      Files.writeString(file, "{");

      assertThatThrownBy(() -> book().leases())
          .isInstanceOf(LeaseRegistryException.class)
          .hasMessageStartingWith("Cannot read " + file + ". Look for its deployment");
    }

    @Test
    void aFormatOfTheFutureIsNotGuessedAt() throws Exception {
      Lease lease = book().reserve(SPEC, TERMS);
      Path file = directory.resolve(lease.id() + ".json");
      Files.writeString(file, Files.readString(file).replace("\"format\": 1", "\"format\": 2"));

      assertThatThrownBy(() -> book().leases())
          .isInstanceOf(LeaseRegistryException.class)
          .hasRootCauseMessage("The format is 2, and only 1 is known here.");
    }

    @Test
    void manyThreadsWithBooksOfTheirOwnLoseNothing() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Lease>> intended = new ArrayList<>();
      for (int number = 0; number < 40; number++) {
        DeploymentSpec spec = DeploymentSpec.of(MODEL, "name-" + number, Capacity.serverless());
        intended.add(threads.submit(() -> book().reserve(spec, TERMS)));
      }

      for (Future<Lease> each : intended) {
        each.get();
      }
      threads.shutdown();

      assertThat(book().leases()).hasSize(40);
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files.filter(file -> file.toString().endsWith(".draft"))).isEmpty();
      }
    }
  }
}
