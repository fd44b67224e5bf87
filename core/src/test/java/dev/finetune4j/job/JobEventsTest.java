package dev.finetune4j.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.error.OperationInterruptedException;
import dev.finetune4j.error.ProviderUnavailableException;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.JobScenario;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.testkit.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobEventsTest {
  private static final PollingSchedule EVERY_10_SECONDS =
      new PollingSchedule(
          Duration.ofSeconds(10), 1, Duration.ofSeconds(10), Duration.ofMinutes(10));

  private final FakeClock time = new FakeClock();

  @Test
  void eventsComeOnceAndInOrderOverManyPages() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).pageSizes(2, 2).build();
    RecordingListener listener = new RecordingListener();

    submit(provider).await(EVERY_10_SECONDS, listener);

    assertThat(listener.eventIds()).doesNotHaveDuplicates().hasSize(16);
    assertThat(listener.events()).extracting(JobEvent::at).isSorted();
  }

  @Test
  void eventsOfTheSameSecondKeepTheOrderOfTheProvider() throws Exception {
    JobScenario.Builder course = JobScenario.builder().status(Duration.ZERO, JobStatus.RUNNING);
    for (int number = 1; number <= 7; number++) {
      course.message(Duration.ofSeconds(5), "message " + number);
    }
    FakeProvider provider =
        providerWith(course.status(Duration.ofSeconds(5), JobStatus.SUCCEEDED), 3);
    RecordingListener listener = new RecordingListener();

    submit(provider).await(EVERY_10_SECONDS, listener);

    assertThat(texts(listener))
        .containsExactly(
            "message 1",
            "message 2",
            "message 3",
            "message 4",
            "message 5",
            "message 6",
            "message 7");
  }

  @Test
  void anEventLessThanAnIntervalLateComesAtTheNextPoll() throws Exception {
    FakeProvider provider =
        providerWith(
            JobScenario.builder()
                .status(Duration.ZERO, JobStatus.RUNNING)
                .message(Duration.ofSeconds(8), "late")
                .late(Duration.ofSeconds(6))
                .message(Duration.ofSeconds(9), "in time")
                .message(Duration.ofSeconds(25), "later")
                .status(Duration.ofSeconds(60), JobStatus.SUCCEEDED),
            100);
    RecordingListener listener = new RecordingListener();

    submit(provider).await(EVERY_10_SECONDS, listener);

    assertThat(texts(listener)).containsExactly("in time", "late", "later");
  }

  @Test
  void aVeryLateEventComesAtTheEnd() throws Exception {
    FakeProvider provider =
        providerWith(
            JobScenario.builder()
                .status(Duration.ZERO, JobStatus.RUNNING)
                .message(Duration.ofSeconds(5), "very late")
                .late(Duration.ofSeconds(50))
                .message(Duration.ofSeconds(15), "one")
                .message(Duration.ofSeconds(25), "two")
                .message(Duration.ofSeconds(35), "three")
                .status(Duration.ofSeconds(60), JobStatus.SUCCEEDED),
            1);
    RecordingListener listener = new RecordingListener();

    submit(provider).await(EVERY_10_SECONDS, listener);

    assertThat(texts(listener)).containsExactly("one", "two", "three", "very late");
  }

  @Test
  void anotherHandleStartsAtTheFirstEventAgain() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).build();
    JobReference reference = submit(provider).reference();
    RecordingListener first = new RecordingListener();
    RecordingListener second = new RecordingListener();
    time.after(Duration.ofSeconds(200), Thread.currentThread()::interrupt);

    assertThatThrownBy(() -> provider.job(reference).await(EVERY_10_SECONDS, first))
        .isInstanceOf(OperationInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    FineTuningJob job = provider.job(reference).await(EVERY_10_SECONDS, second);

    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(first.events()).hasSize(9);
    assertThat(second.events()).hasSize(16).startsWith(first.events().toArray(new JobEvent[0]));
  }

  @Test
  void theSameHandleContinuesWhereItStopped() throws Exception {
    JobHandle handle = submit(FakeProvider.builder(time).build());
    RecordingListener listener = new RecordingListener();
    time.after(Duration.ofSeconds(200), Thread.currentThread()::interrupt);

    assertThatThrownBy(() -> handle.await(EVERY_10_SECONDS, listener))
        .isInstanceOf(OperationInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    handle.await(EVERY_10_SECONDS, listener);

    assertThat(listener.eventIds()).doesNotHaveDuplicates().hasSize(16);
  }

  @Test
  void aThrowingListenerEndsTheWaitAndLosesOnlyThatEvent() throws Exception {
    JobHandle handle = submit(FakeProvider.builder(time).build());
    time.advance(Duration.ofMinutes(7));
    RecordingListener listener = new RecordingListener();
    List<String> refused = new ArrayList<>();
    JobListener refusing =
        new JobListener() {
          @Override
          public void onEvent(JobEvent event) {
            refused.add(event.id());
            throw new IllegalStateException("no more");
          }
        };

    assertThatThrownBy(() -> handle.await(EVERY_10_SECONDS, refusing)).hasMessage("no more");
    handle.await(EVERY_10_SECONDS, listener);

    assertThat(refused).containsExactly("event-1");
    assertThat(listener.eventIds()).hasSize(15).doesNotContain("event-1");
  }

  @Test
  void aListenerThatReadsEventsItselfReceivesEachOnce() throws Exception {
    JobHandle handle = submit(FakeProvider.builder(time).build());
    time.advance(Duration.ofMinutes(7));
    List<String> heard = new ArrayList<>();
    JobListener nosy =
        new JobListener() {
          @Override
          public void onEvent(JobEvent event) {
            heard.add(event.id());
            handle.readEvents(this);
          }
        };

    handle.readEvents(nosy);

    assertThat(heard).doesNotHaveDuplicates().hasSize(16);
  }

  @Test
  void aFailureBetweenTwoPagesLosesNothing() throws Exception {
    FakeProvider provider = FakeProvider.builder(time).pageSizes(4, 4).build();
    JobHandle handle = submit(provider);
    time.advance(Duration.ofMinutes(7));
    RecordingListener listener = new RecordingListener();
    provider
        .calls()
        .runAfter(
            FakeOperation.LIST_EVENTS,
            () -> provider.calls().beUnavailable(FakeOperation.LIST_EVENTS, 1));

    assertThatThrownBy(() -> handle.readEvents(listener))
        .isInstanceOf(ProviderUnavailableException.class);
    handle.readEvents(listener);

    assertThat(listener.eventIds()).doesNotHaveDuplicates().hasSize(16);
  }

  private FakeProvider providerWith(JobScenario.Builder course, int eventPageSize) {
    return FakeProvider.builder(time).course(course.build()).pageSizes(eventPageSize, 100).build();
  }

  private static JobHandle submit(FakeProvider provider) {
    return provider.submit(Requests.sums("base", "key-1"));
  }

  private static List<String> texts(RecordingListener listener) {
    return listener.events(JobEvent.MessageLogged.class).stream()
        .map(JobEvent.MessageLogged::text)
        .toList();
  }
}
