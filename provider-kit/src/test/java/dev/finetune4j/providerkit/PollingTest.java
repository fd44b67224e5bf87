package dev.finetune4j.providerkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.ProviderId;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.testkit.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PollingTest {
  private final FakeClock time = new FakeClock();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void whatIsThroughAtOnceIsLookedAtOnce() throws InterruptedException {
    int seen = until(1);

    assertThat(seen).isEqualTo(1);
    assertThat(time.slept()).isZero();
  }

  @Test
  void aFirstLookThatWasTakenIsNotTakenAgain() throws InterruptedException {
    Polling polling = Polling.of(PollingSchedule.standard(), time);

    polling.until(1, looks::incrementAndGet, seen -> seen == 1, PollingTest::late);

    assertThat(looks).hasValue(0);
  }

  @Test
  void pausesBecomeLonger() throws InterruptedException {
    until(2);
    Duration first = time.slept();
    until(looks.get() + 3);

    assertThat(first).isEqualTo(PollingSchedule.standard().first());
    assertThat(time.slept()).isGreaterThan(first.multipliedBy(3));
  }

  @Test
  void givingUpSaysWhatWasSeenLast() {
    PollingSchedule brief = PollingSchedule.standard().givingUpAfter(Duration.ofMinutes(1));

    assertThatThrownBy(
            () ->
                Polling.of(brief, time)
                    .until(looks::incrementAndGet, seen -> false, PollingTest::late))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("still at " + looks.get());
    assertThat(time.slept()).isLessThan(Duration.ofMinutes(1));
  }

  private int until(int through) throws InterruptedException {
    return Polling.of(PollingSchedule.standard(), time)
        .until(looks::incrementAndGet, seen -> seen >= through, PollingTest::late);
  }

  private static ProviderUnavailableException late(int seen) {
    return new ProviderUnavailableException(
        ProviderFailure.of(new ProviderId("any"), "It is still at " + seen + "."), null);
  }
}
