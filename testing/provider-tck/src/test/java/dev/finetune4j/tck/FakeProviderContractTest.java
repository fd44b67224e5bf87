package dev.finetune4j.tck;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.testkit.FakeClock;
import dev.finetune4j.testkit.FakeOperation;
import dev.finetune4j.testkit.FakeProvider;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/**
 * The fake passes the contract with everything declared, with the usual, and with next to nothing.
 */
final class FakeProviderContractTest {

  @Nested
  final class WithEverything extends Subject {
    @Override
    Set<Capability> capabilities() {
      return EnumSet.allOf(Capability.class);
    }
  }

  @Nested
  final class WithoutDeploymentAndPause extends Subject {
    @Override
    Set<Capability> capabilities() {
      return EnumSet.complementOf(
          EnumSet.of(Capability.DEPLOYMENT, Capability.PAUSE_JOB, Capability.IMAGES));
    }
  }

  @Nested
  final class WithSupervisedTrainingOnly extends Subject {
    @Override
    Set<Capability> capabilities() {
      return EnumSet.of(Capability.SUPERVISED_TRAINING);
    }
  }

  abstract static class Subject extends FineTuningProviderContract {
    private final FakeClock time = new FakeClock();
    private final FakeProvider provider =
        FakeProvider.builder(time)
            .capabilities(capabilities())
            .deploymentTakes(Duration.ofMinutes(2), Duration.ofMinutes(1))
            .build();

    abstract Set<Capability> capabilities();

    @Override
    protected FineTuningProvider provider() {
      return provider;
    }

    @Override
    protected String baseModel() {
      return "base";
    }

    @Override
    protected long requests() {
      return provider.calls().total();
    }

    @Override
    protected long jobsMade() {
      return provider.calls().count(FakeOperation.CREATE_JOB);
    }

    @Override
    protected Time time() {
      return time;
    }

    @Override
    protected PollingSchedule polling() {
      return new PollingSchedule(
          Duration.ofSeconds(10), 1, Duration.ofSeconds(10), Duration.ofHours(1));
    }
  }
}
