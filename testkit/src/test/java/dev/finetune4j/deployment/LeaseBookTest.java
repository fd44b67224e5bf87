package dev.finetune4j.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.cost.Money;
import dev.finetune4j.testkit.ManualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseBookTest {
  private static final ProviderId PROVIDER = new ProviderId("fake");
  private static final ModelReference MODEL = new ModelReference(PROVIDER, "ft:base:job-1");
  private static final DeploymentSpec SPEC =
      DeploymentSpec.of(MODEL, "recipes", Capacity.serverless());
  private static final DeploymentReference DEPLOYED = new DeploymentReference(PROVIDER, "recipes");
  private static final LeaseTerms TERMS = LeaseTerms.of("run-7", Duration.ofHours(2));

  /** What every book does. */
  abstract static class Contract {
    final ManualTime time = new ManualTime();

    abstract LeaseBook book();

    @Test
    void anIntentIsInTheBookBeforeAnythingIsDeployed() {
      Lease lease = book().intend(SPEC, TERMS.withPricePerHour(Money.dollars("1.70")));

      assertThat(book().leases()).containsExactly(lease);
      assertThat(lease.deployment()).isEmpty();
      assertThat(lease.expiresAt()).isEqualTo(ManualTime.START.plusSeconds(7200));
      assertThat(lease.pricePerHour()).contains(Money.dollars("1.70"));
      assertThat(lease.labelled(SPEC).labels()).containsEntry(Lease.LABEL, lease.id());
    }

    @Test
    void theSameHolderGetsItsLeaseBackAfterACrash() {
      Lease before = book().confirm(book().intend(SPEC, TERMS), DEPLOYED);
      time.advance(Duration.ofHours(1));

      Lease after = book().intend(SPEC, TERMS);

      assertThat(book().leases()).containsExactly(after);
      assertThat(after.id()).isEqualTo(before.id());
      assertThat(after.deployment()).contains(DEPLOYED);
      assertThat(after.intendedAt()).isEqualTo(before.intendedAt());
      assertThat(after.expiresAt()).isEqualTo(ManualTime.START.plus(Duration.ofHours(3)));
    }

    @Test
    void anotherHolderIsRefused() {
      book().intend(SPEC, TERMS);

      assertThatThrownBy(() -> book().intend(SPEC, LeaseTerms.of("run-8", Duration.ofHours(1))))
          .isInstanceOf(LeaseConflictException.class)
          .hasMessage(
              "Lease(fake:recipes, held by run-7 until 2026-01-01T02:00:00Z) is not run-8's."
                  + " Choose another name for the deployment.");
    }

    @Test
    void oneNameIsForOneModel() {
      book().intend(SPEC, TERMS);
      DeploymentSpec other =
          DeploymentSpec.of(
              new ModelReference(PROVIDER, "ft:base:job-2"), "recipes", Capacity.serverless());

      assertThatThrownBy(() -> book().intend(other, TERMS))
          .isInstanceOf(LeaseConflictException.class);
    }

    @Test
    void aRenewedLeaseHoldsFromNowOn() {
      Lease lease = book().confirm(book().intend(SPEC, TERMS), DEPLOYED);
      time.advance(Duration.ofHours(1));

      Lease renewed = book().renew(lease, Duration.ofDays(30));
      time.advance(Duration.ofDays(29));

      assertThat(renewed.deployment()).contains(DEPLOYED);
      assertThat(book().endExpired()).isEmpty();
    }

    @Test
    void aLeaseEndsAtItsMomentAndCannotBeRenewed() {
      Lease lease = book().confirm(book().intend(SPEC, TERMS), DEPLOYED);
      time.advance(Duration.ofHours(2).minusMillis(1));
      List<Lease> early = book().endExpired();
      time.advance(Duration.ofMillis(1));

      List<Lease> ended = book().endExpired();

      assertThat(early).isEmpty();
      assertThat(ended).singleElement().satisfies(each -> assertThat(each.isEnded()).isTrue());
      assertThatThrownBy(() -> book().renew(lease, Duration.ofHours(1)))
          .isInstanceOf(LeaseConflictException.class);
      assertThatThrownBy(() -> book().intend(SPEC, TERMS))
          .isInstanceOf(LeaseConflictException.class);
    }

    @Test
    void aDeploymentThatCameTooLateIsWrittenDownAllTheSame() {
      Lease lease = book().intend(SPEC, TERMS);
      time.advance(Duration.ofHours(3));
      book().endExpired();
      book().release(lease);

      assertThatThrownBy(() -> book().confirm(lease, DEPLOYED))
          .isInstanceOf(LeaseConflictException.class);

      assertThat(book().endExpired())
          .singleElement()
          .satisfies(each -> assertThat(each.deployment()).contains(DEPLOYED));
    }

    @Test
    void aReleasedNameIsFreeAndReleasingTwiceIsNoError() {
      Lease lease = book().intend(SPEC, TERMS);

      book().release(lease);
      book().release(lease);

      assertThat(book().leases()).isEmpty();
      assertThat(book().intend(SPEC, LeaseTerms.of("run-8", Duration.ofHours(1))).holder())
          .isEqualTo("run-8");
    }

    @Test
    void releasingAnOldLeaseLeavesTheNewOneOfItsName() {
      Lease old = book().intend(SPEC, TERMS);
      book().release(old);
      time.advance(Duration.ofSeconds(1));
      Lease later = book().intend(SPEC, TERMS);

      book().release(old);

      assertThat(book().leases()).containsExactly(later);
    }

    @Test
    void aLeaseKnowsWhatItCosts() {
      Lease lease = book().intend(SPEC, TERMS.withPricePerHour(Money.dollars("1.70")));

      assertThat(lease.costUntil(ManualTime.START.plus(Duration.ofMinutes(90))))
          .contains(Money.dollars("2.55"));
    }
  }

  @Nested
  final class InMemory extends Contract {
    private final LeaseBook book = new InMemoryLeaseBook(time);

    @Override
    LeaseBook book() {
      return book;
    }
  }

  @Nested
  final class InFiles extends Contract {
    @TempDir Path directory;

    /** A new object each time: what is not on disk is forgotten. */
    @Override
    LeaseBook book() {
      return FileLeaseBook.open(directory, time);
    }

    @Test
    void aHalfWrittenDraftIsIgnored() throws Exception {
      Lease lease = book().intend(SPEC, TERMS);
      Files.writeString(directory.resolve(lease.id() + ".draft"), "{\"format\":1,\"id\":\"lea");

      assertThat(book().leases()).containsExactly(lease);
      assertThat(book().renew(lease, Duration.ofDays(1)).isEnded()).isFalse();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws Exception {
      Lease lease = book().intend(SPEC, TERMS);
      Path file = directory.toRealPath().resolve(lease.id() + ".json");
      Files.writeString(file, "{");

      assertThatThrownBy(() -> book().leases())
          .isInstanceOf(LeaseBookException.class)
          .hasMessageStartingWith("Cannot read " + file + ". Look for its deployment");
    }

    @Test
    void aFormatOfTheFutureIsNotGuessedAt() throws Exception {
      Lease lease = book().intend(SPEC, TERMS);
      Path file = directory.resolve(lease.id() + ".json");
      Files.writeString(file, Files.readString(file).replace("\"format\": 1", "\"format\": 2"));

      assertThatThrownBy(() -> book().leases())
          .isInstanceOf(LeaseBookException.class)
          .hasRootCauseMessage("The format is 2, and only 1 is known here.");
    }

    @Test
    void aThreadThatIsBeingStoppedCanStillGiveItsLeaseBack() {
      Lease lease = book().intend(SPEC, TERMS);
      Thread.currentThread().interrupt();

      book().release(lease);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(book().leases()).isEmpty();
    }

    @Test
    void manyThreadsWithBooksOfTheirOwnLoseNothing() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<Lease>> intended = new ArrayList<>();
      for (int number = 0; number < 40; number++) {
        DeploymentSpec spec = DeploymentSpec.of(MODEL, "name-" + number, Capacity.serverless());
        intended.add(threads.submit(() -> book().intend(spec, TERMS)));
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
