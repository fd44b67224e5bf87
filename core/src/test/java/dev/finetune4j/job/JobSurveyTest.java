package dev.finetune4j.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.finetune4j.error.FineTuningException;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import dev.finetune4j.testkit.Requests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JobSurveyTest {
  private final FakeProvider.Builder settings =
      FakeProvider.builder(new FakeClock()).pageSizes(100, 10);
  private final Found found = new Found();

  @Test
  void jobsOnTheFirstPagesNeedNoRequestOfTheirOwn() {
    FakeProvider provider = settings.build();
    List<JobReference> jobs = submit(provider, 100);

    new JobSurvey(provider.jobOperations()).fetchAll(Set.copyOf(jobs.subList(80, 100)), found);

    assertThat(found.seen).containsExactlyInAnyOrderElementsOf(jobs.subList(80, 100));
    assertThat(provider.calls().count(FakeOperation.LIST_JOBS)).isEqualTo(2);
    assertThat(provider.calls().count(FakeOperation.FETCH_JOB)).isZero();
  }

  @Test
  void aSingleJobIsFetchedByItself() {
    FakeProvider provider = settings.build();
    List<JobReference> jobs = submit(provider, 100);

    new JobSurvey(provider.jobOperations()).fetchAll(Set.of(jobs.get(0)), found);

    assertThat(found.seen).containsExactly(jobs.get(0));
    assertThat(provider.calls().count(FakeOperation.LIST_JOBS)).isZero();
    assertThat(provider.calls().count(FakeOperation.FETCH_JOB)).isEqualTo(1);
  }

  @Test
  void oldJobsAreSearchedInTheListOnceAndThenFetched() {
    FakeProvider provider = settings.build();
    List<JobReference> jobs = submit(provider, 200);
    Set<JobReference> oldOnes = Set.copyOf(jobs.subList(0, 4));
    JobSurvey survey = new JobSurvey(provider.jobOperations());

    survey.fetchAll(oldOnes, found);
    int listedFirst = provider.calls().count(FakeOperation.LIST_JOBS);
    survey.fetchAll(oldOnes, found);

    assertThat(found.seen).hasSize(8).containsAll(oldOnes);
    assertThat(listedFirst).isEqualTo(4);
    assertThat(provider.calls().count(FakeOperation.LIST_JOBS)).isEqualTo(4);
    assertThat(provider.calls().count(FakeOperation.FETCH_JOB)).isEqualTo(8);
  }

  @Test
  void jobsScatteredOverTheListCostAtMostTwoRequestsEach() {
    FakeProvider provider = settings.build();
    List<JobReference> jobs = submit(provider, 1_000);
    Set<JobReference> scattered = new HashSet<>();
    for (int position = 0; position < 1_000; position += 50) {
      scattered.add(jobs.get(position));
    }
    int before = provider.calls().total();

    new JobSurvey(provider.jobOperations()).fetchAll(scattered, found);

    assertThat(found.seen).containsExactlyInAnyOrderElementsOf(scattered);
    assertThat(provider.calls().total() - before).isLessThanOrEqualTo(2 * scattered.size());
  }

  @Test
  void withoutAListEachJobIsFetched() {
    FakeProvider provider = settings.without(Capability.LIST_JOBS).build();
    List<JobReference> jobs = submit(provider, 5);
    JobSurvey survey = new JobSurvey(provider.jobOperations());

    survey.fetchAll(Set.copyOf(jobs), found);

    assertThat(found.seen).containsExactlyInAnyOrderElementsOf(jobs);
    assertThat(provider.calls().count(FakeOperation.FETCH_JOB)).isEqualTo(5);
  }

  private static List<JobReference> submit(FakeProvider provider, int jobs) {
    List<JobReference> references = new ArrayList<>();
    for (int number = 1; number <= jobs; number++) {
      references.add(provider.submit(Requests.sums("base", "key-" + number)).reference());
    }
    return references;
  }

  private static final class Found implements JobSurvey.Observer {
    private final List<JobReference> seen = new ArrayList<>();

    @Override
    public void seen(FineTuningJob job) {
      seen.add(job.reference());
    }

    @Override
    public void failed(JobReference job, FineTuningException failure) {
      throw failure;
    }
  }
}
