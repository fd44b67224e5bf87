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

/** The contract of every {@link LeaseRegistry}; extend it in the tests of a registry or store. */
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
   * Opens the registry; each call in one test opens the same leases, as another process would.
   *
   * @param clock the clock by which leases expire
   */
  protected abstract LeaseRegistry open(Time clock);

  private LeaseRegistry registry() {
    return open(time);
  }

  @Test
  void aReservationIsStoredBeforeTheDeploymentExists() {
    Lease lease = registry().reserve(SPEC, TERMS.withPricePerHour(Money.dollars("1.70")));

    assertEquals(List.of(lease), registry().leases());
    assertEquals(Optional.of(lease), registry().find(lease.id()));
    assertEquals(Optional.empty(), lease.deployment());
    assertEquals(FakeClock.START.plusSeconds(7200), lease.expiresAt());
    assertEquals(Optional.of(Money.dollars("1.70")), lease.pricePerHour());
    assertEquals(lease.id(), lease.labelled(SPEC).labels().get(Lease.LABEL));
  }

  @Test
  void theSameHolderGetsItsLeaseAgainAfterACrash() {
    Lease before = registry().confirm(registry().reserve(SPEC, TERMS), DEPLOYED);
    time.advance(Duration.ofHours(1));

    Lease after = registry().reserve(SPEC, TERMS);

    assertEquals(List.of(after), registry().leases());
    assertEquals(before.id(), after.id());
    assertEquals(Optional.of(DEPLOYED), after.deployment());
    assertEquals(before.reservedAt(), after.reservedAt());
    assertEquals(FakeClock.START.plus(Duration.ofHours(3)), after.expiresAt());
  }

  @Test
  void anotherHolderIsRefused() {
    registry().reserve(SPEC, TERMS);

    LeaseConflictException refusal =
        assertThrows(LeaseConflictException.class, () -> registry().reserve(SPEC, OTHER_TERMS));

    assertEquals(
        "Lease(fake:recipes, held by run-7 until 2026-01-01T02:00:00Z) does not belong to run-8."
            + " Choose another name for the deployment.",
        refusal.getMessage());
  }

  @Test
  void aNameIsLeasedForOneModel() {
    registry().reserve(SPEC, TERMS);
    DeploymentSpec other =
        DeploymentSpec.of(
            new ModelReference(PROVIDER, "ft:base:job-2"), "recipes", Capacity.serverless());

    assertThrows(LeaseConflictException.class, () -> registry().reserve(other, TERMS));
  }

  @Test
  void aRenewedLeaseLastsFromTheRenewal() {
    Lease lease = registry().confirm(registry().reserve(SPEC, TERMS), DEPLOYED);
    time.advance(Duration.ofHours(1));

    Lease renewed = registry().renew(lease, Duration.ofDays(30));
    time.advance(Duration.ofDays(29));

    assertEquals(Optional.of(DEPLOYED), renewed.deployment());
    assertEquals(List.of(), registry().expireOverdue());
  }

  @Test
  void aKeptLeaseExpiresOnlyWhenItIsRenewedOrExpired() {
    Lease lease = registry().keep(registry().confirm(registry().reserve(SPEC, TERMS), DEPLOYED));
    time.advance(Duration.ofDays(100_000));

    assertTrue(lease.isKept());
    assertEquals(List.of(), registry().expireOverdue());
    assertTrue(registry().reserve(SPEC, TERMS).isKept());
    assertFalse(registry().renew(lease, Duration.ofDays(1)).isKept());
    time.advance(Duration.ofDays(2));
    assertEquals(1, registry().expireOverdue().size());
    assertThrows(LeaseConflictException.class, () -> registry().keep(lease));
  }

  @Test
  void aLeaseExpiresOnTimeAndCannotBeRenewed() {
    Lease lease = registry().confirm(registry().reserve(SPEC, TERMS), DEPLOYED);
    time.advance(Duration.ofHours(2).minusMillis(1));
    List<Lease> early = registry().expireOverdue();
    time.advance(Duration.ofMillis(1));

    List<Lease> expired = registry().expireOverdue();

    assertEquals(List.of(), early);
    assertEquals(1, expired.size());
    assertTrue(expired.get(0).isExpired());
    assertThrows(LeaseConflictException.class, () -> registry().renew(lease, Duration.ofHours(1)));
    assertThrows(LeaseConflictException.class, () -> registry().reserve(SPEC, TERMS));
  }

  @Test
  void aDeploymentConfirmedTooLateIsRecorded() {
    Lease lease = registry().reserve(SPEC, TERMS);
    time.advance(Duration.ofHours(3));
    registry().expireOverdue();
    registry().remove(lease);

    assertThrows(LeaseConflictException.class, () -> registry().confirm(lease, DEPLOYED));

    List<Lease> expired = registry().expireOverdue();
    assertEquals(1, expired.size());
    assertEquals(Optional.of(DEPLOYED), expired.get(0).deployment());
  }

  @Test
  void aRemovedLeaseFreesItsNameAndMayBeRemovedAgain() {
    Lease lease = registry().reserve(SPEC, TERMS);

    registry().remove(lease);
    registry().remove(lease);

    assertEquals(List.of(), registry().leases());
    assertEquals("run-8", registry().reserve(SPEC, OTHER_TERMS).holder());
  }

  @Test
  void removingAnOldLeaseKeepsTheNewOneOfThatName() {
    Lease old = registry().reserve(SPEC, TERMS);
    registry().remove(old);
    time.advance(Duration.ofSeconds(1));
    Lease later = registry().reserve(SPEC, TERMS);

    registry().remove(old);

    assertEquals(List.of(later), registry().leases());
  }

  @Test
  void theCostOfALeaseGrowsWithTime() {
    Lease lease = registry().reserve(SPEC, TERMS.withPricePerHour(Money.dollars("1.70")));

    assertEquals(
        Optional.of(Money.dollars("2.55")),
        lease.costUntil(FakeClock.START.plus(Duration.ofMinutes(90))));
  }

  @Test
  void anInterruptedThreadCanRemoveItsLease() {
    Lease lease = registry().reserve(SPEC, TERMS);
    Thread.currentThread().interrupt();

    registry().remove(lease);

    assertTrue(Thread.interrupted());
    assertFalse(registry().find(lease.id()).isPresent());
  }
}
