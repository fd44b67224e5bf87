package dev.finetune4j.workflow.journal;

import dev.finetune4j.tck.WorkflowJournalContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The journals of core keep the contract of all journals. */
final class JournalContractsTest {

  @Nested
  final class InFiles extends WorkflowJournalContract {
    @TempDir Path directory;

    @Override
    protected WorkflowJournal open() {
      return FileJournal.open(directory);
    }
  }

  @Nested
  final class InMemory extends WorkflowJournalContract {
    private final InMemoryJournal journal = new InMemoryJournal();

    @Override
    protected WorkflowJournal open() {
      return journal;
    }
  }
}
