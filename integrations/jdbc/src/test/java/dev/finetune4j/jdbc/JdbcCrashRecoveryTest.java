package dev.finetune4j.jdbc;

import dev.finetune4j.Time;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.tck.CrashRecoveryContract;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import javax.sql.DataSource;

/** Runs in a database survive a crash at every single thing that they write. */
final class JdbcCrashRecoveryTest extends CrashRecoveryContract {
  private final DataSource source = TestDatabase.H2.create();

  @Override
  protected WorkflowJournal openJournal() {
    return JdbcStore.open(source).journal();
  }

  @Override
  protected LeaseRegistry openLeases(Time clock) {
    return JdbcStore.builder(source).time(clock).open().leases();
  }
}
