package dev.finetune4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.LeaseConflictException;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.tck.LeaseRegistryContract;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class JdbcLeasesTest {
  private static final ProviderId PROVIDER = new ProviderId("fake");

  /** What the leases do in every database. */
  abstract static class Contract extends LeaseRegistryContract {
    final DataSource source = database().create();
    private final FakeClock time = new FakeClock();

    abstract TestDatabase database();

    @Override
    protected LeaseRegistry open(Time clock) {
      return JdbcStore.builder(source).time(clock).open().leases();
    }

    private LeaseRegistry registry() {
      return open(time);
    }

    @Test
    void eachContestedNameHasOneHolder() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      AtomicInteger refused = new AtomicInteger();
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String name = "name-" + i / 2;
        LeaseTerms terms = LeaseTerms.of("run-" + i, Duration.ofHours(1));
        writers.add(
            threads.submit(
                () -> {
                  try {
                    registry().reserve(spec(name), terms);
                  } catch (LeaseConflictException e) {
                    refused.incrementAndGet();
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      threads.shutdown();

      assertThat(registry().leases()).hasSize(20);
      assertThat(refused).hasValue(20);
    }

    private static DeploymentSpec spec(String name) {
      return DeploymentSpec.of(
          new ModelReference(PROVIDER, "ft:base:job-1"), name, Capacity.serverless());
    }
  }

  @Nested
  final class OnH2 extends Contract {
    @Override
    TestDatabase database() {
      return TestDatabase.H2;
    }
  }

  @Nested
  @Tag("database")
  final class OnPostgres extends Contract {
    @Override
    TestDatabase database() {
      return TestDatabase.POSTGRESQL;
    }
  }
}
