package dev.finetune4j.providerkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProcessIdentityTest {

  @Test
  void aRunningProcessIsFoundAgain() {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());

    assertThat(self.findRunning()).contains(ProcessHandle.current());
  }

  @Test
  void anotherProcessWithTheSameNumberIsNotTheOneThatWasMeant() {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
    ProcessIdentity before = new ProcessIdentity(self.pid(), self.startedAt().minusSeconds(60));

    assertThat(before.findRunning()).isEmpty();
  }

  @Test
  void aProcessThatEndedIsNotFound() throws Exception {
    Process process = new ProcessBuilder("/bin/sh", "-c", "read line").start();
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
    boolean found = identity.findRunning().isPresent();

    boolean gone = ProcessTree.end(process.toHandle(), Duration.ofSeconds(10));

    assertThat(found).isTrue();
    assertThat(gone).isTrue();
    assertThat(identity.findRunning()).isEmpty();
  }
}
