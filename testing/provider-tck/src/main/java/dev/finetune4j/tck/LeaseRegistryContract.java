package dev.finetune4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseConflictException;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link LeaseRegistry} does. Extend it in the tests of a book or of its store. */
public abstract class LeaseRegistryContract {
  private static final ProviderId PROVIDER = new ProviderId("fake");
  private static final ModelReference MODEL = new ModelReference(PROVIDER, "ft:base:job-1");
  private static final DeploymentSpec SPEC =
      DeploymentSpec.of(MODEL, "recipes", Capacity.serverless());
  private static final DeploymentReference DEPLOYED = new DeploymentReference(PROVIDER, "recipes");
  private static final LeaseTerms TERMS = LeaseTerms.of("run-7", Duration.ofHours(2));
  private static final LeaseTerms OTHER_TERMS = LeaseTerms.of("run-8", Duration.ofHours(1));

  private final FakeClock time = new FakeClock();

  /** For subclasses. */
  protected LeaseRegistryContract() {}

  /**
   * Returns a book; each call in one test gives access to the same leases, as another process would
   * have where the book is shared.
   *
   * @param clock tells when a lease has expired
   */
  protected abstract LeaseRegistry open(Time clock);

  private LeaseRegistry book() {
    return open(time);
  }

  @Test
  void anIntentIsInTheBookBeforeAnythingIsDeployed() {
    Lease lease = book().reserve(SPEC, TERMS.withPricePerHour(Money.dollars("1.70")));

    assertEquals(List.of(lease), book().leases());
    assertEquals(Optional.of(lease), book().find(lease.id()));
    assertEquals(Optional.empty(), lease.deployment());
    assertEquals(FakeClock.START.plusSeconds(7200), lease.expiresAt());
    assertEquals(Optional.of(Money.dollars("1.70")), lease.pricePerHour());
    assertEquals(lease.id(), lease.labelled(SPEC).labels().get(Lease.LABEL));
  }

  @Test
  void theSameHolderGetsItsLeaseBackAfterACrash() {
    Lease before = book().confirm(book().reserve(SPEC, TERMS), DEPLOYED);
    time.advance(Duration.ofHours(1));

    Lease after = book().reserve(SPEC, TERMS);

    assertEquals(List.of(after), book().leases());
    assertEquals(before.id(), after.id());
    assertEquals(Optional.of(DEPLOYED), after.deployment());
    assertEquals(before.reservedAt(), after.reservedAt());
    assertEquals(FakeClock.START.plus(Duration.ofHours(3)), after.expiresAt());
  }

  @Test
  void anotherHolderIsRefused() {
    book().reserve(SPEC, TERMS);

    LeaseConflictException refusal =
        assertThrows(LeaseConflictException.class, () -> book().reserve(SPEC, OTHER_TERMS));

    assertEquals(
        "Lease(fake:recipes, held by run-7 until 2026-01-01T02:00:00Z) is not run-8's."
            + " Choose another name for the deployment.",
        refusal.getMessage());
  }

  @Test
  void oneNameIsForOneModel() {
    book().reserve(SPEC, TERMS);
    DeploymentSpec other =
        DeploymentSpec.of(
            new ModelReference(PROVIDER, "ft:base:job-2"), "recipes", Capacity.serverless());

    assertThrows(LeaseConflictException.class, () -> book().reserve(other, TERMS));
  }

  @Test
  void aRenewedLeaseHoldsFromNowOn() {
    Lease lease = book().confirm(book().reserve(SPEC, TERMS), DEPLOYED);
    time.advance(Duration.ofHours(1));

    Lease renewed = book().renew(lease, Duration.ofDays(30));
    time.advance(Duration.ofDays(29));

    assertEquals(Optional.of(DEPLOYED), renewed.deployment());
    assertEquals(List.of(), book().expireOverdue());
  }

  @Test
  void aLeaseEndsAtItsMomentAndCannotBeRenewed() {
    Lease lease = book().confirm(book().reserve(SPEC, TERMS), DEPLOYED);
    time.advance(Duration.ofHours(2).minusMillis(1));
    List<Lease> early = book().expireOverdue();
    time.advance(Duration.ofMillis(1));

    List<Lease> ended = book().expireOverdue();

    assertEquals(List.of(), early);
    assertEquals(1, ended.size());
    assertTrue(ended.get(0).isExpired());
    assertThrows(LeaseConflictException.class, () -> book().renew(lease, Duration.ofHours(1)));
    assertThrows(LeaseConflictException.class, () -> book().reserve(SPEC, TERMS));
  }

  @Test
  void aDeploymentThatCameTooLateIsWrittenDownAllTheSame() {
    Lease lease = book().reserve(SPEC, TERMS);
    time.advance(Duration.ofHours(3));
    book().expireOverdue();
    book().remove(lease);

    assertThrows(LeaseConflictException.class, () -> book().confirm(lease, DEPLOYED));

    List<Lease> ended = book().expireOverdue();
    assertEquals(1, ended.size());
    assertEquals(Optional.of(DEPLOYED), ended.get(0).deployment());
  }

  @Test
  void aReleasedNameIsFreeAndReleasingTwiceIsNoError() {
    Lease lease = book().reserve(SPEC, TERMS);

    book().remove(lease);
    book().remove(lease);

    assertEquals(List.of(), book().leases());
    assertEquals("run-8", book().reserve(SPEC, OTHER_TERMS).holder());
  }

  @Test
  void releasingAnOldLeaseLeavesTheNewOneOfItsName() {
    Lease old = book().reserve(SPEC, TERMS);
    book().remove(old);
    time.advance(Duration.ofSeconds(1));
    Lease later = book().reserve(SPEC, TERMS);

    book().remove(old);

    assertEquals(List.of(later), book().leases());
  }

  @Test
  void aLeaseKnowsWhatItCosts() {
    Lease lease = book().reserve(SPEC, TERMS.withPricePerHour(Money.dollars("1.70")));

    assertEquals(
        Optional.of(Money.dollars("2.55")),
        lease.costUntil(FakeClock.START.plus(Duration.ofMinutes(90))));
  }

  @Test
  void aThreadThatIsBeingStoppedCanStillGiveItsLeaseBack() {
    Lease lease = book().reserve(SPEC, TERMS);
    Thread.currentThread().interrupt();

    book().remove(lease);

    assertTrue(Thread.interrupted());
    assertFalse(book().find(lease.id()).isPresent());
  }
}
