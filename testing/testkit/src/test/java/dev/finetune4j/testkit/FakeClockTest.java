package dev.finetune4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class FakeClockTest {
  private final FakeClock time = new FakeClock();

  @Test
  void aSleepMovesTheClockByItsLength() throws Exception {
    time.sleep(Duration.ofHours(24));

    assertThat(time.now()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(time.slept()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void aSleepOfNoLengthIsNotCounted() throws Exception {
    time.sleep(Duration.ZERO);
    time.sleep(Duration.ofSeconds(-1));

    assertThat(time.now()).isEqualTo(FakeClock.START);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void advancingIsNotSleeping() {
    time.advance(Duration.ofMinutes(5));

    assertThat(time.now()).isEqualTo(FakeClock.START.plusSeconds(300));
    assertThat(time.slept()).isZero();
  }

  @Test
  void plannedActionsRunInOrderAndSeeTheirMoment() throws Exception {
    List<String> ran = new ArrayList<>();
    time.after(Duration.ofSeconds(9), () -> ran.add("second at " + time.now()));
    time.after(Duration.ofSeconds(3), () -> ran.add("first at " + time.now()));
    time.after(Duration.ofSeconds(11), () -> ran.add("too late"));

    time.sleep(Duration.ofSeconds(10));

    assertThat(ran)
        .containsExactly("first at 2026-01-01T00:00:03Z", "second at 2026-01-01T00:00:09Z");
    assertThat(time.now()).isEqualTo(Instant.parse("2026-01-01T00:00:10Z"));
  }

  @Test
  void anInterruptedThreadDoesNotSleep() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> time.sleep(Duration.ofSeconds(1)))
        .isInstanceOf(InterruptedException.class);

    assertThat(time.now()).isEqualTo(FakeClock.START);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptOnTheWayEndsTheSleepThere() {
    time.after(Duration.ofSeconds(4), Thread.currentThread()::interrupt);

    assertThatThrownBy(() -> time.sleep(Duration.ofSeconds(10)))
        .isInstanceOf(InterruptedException.class);

    assertThat(time.now()).isEqualTo(FakeClock.START.plusSeconds(4));
    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void sleepsOfManyThreadsAreAllCounted() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> running = new ArrayList<>();

    for (int thread = 0; thread < 4; thread++) {
      running.add(
          threads.submit(
              () -> {
                for (int count = 0; count < 250; count++) {
                  time.sleep(Duration.ofSeconds(1));
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();

    assertThat(time.slept()).isEqualTo(Duration.ofSeconds(1_000));
    assertThat(time.sleeps()).hasSize(1_000);
  }
}
