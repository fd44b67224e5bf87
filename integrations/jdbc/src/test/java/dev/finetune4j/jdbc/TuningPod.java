package dev.finetune4j.jdbc;

import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.azure.AzureProvider;
import dev.finetune4j.azure.AzureTokenOptions;
import dev.finetune4j.baseline.Baselines;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.grading.Graders;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SupervisedTraining;
import dev.finetune4j.workflow.FineTuningPlan;
import dev.finetune4j.workflow.FineTuningWorkflow;
import dev.finetune4j.workflow.WorkflowListener;
import dev.finetune4j.workflow.journal.FileJournal;
import dev.finetune4j.workflow.journal.JournalException;
import dev.finetune4j.workflow.journal.RunId;
import dev.finetune4j.workflow.journal.Step;
import dev.finetune4j.workflow.journal.WorkflowJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * A process that waits until it can claim a run, runs it, prints each step that it starts, and
 * stops in a given step until it receives a line of input. The test simulates the service.
 */
public final class TuningPod {
  /** Instead of a step: the process does not wait until the run is free. */
  static final String IMPATIENT = "impatient";

  static final Duration HEARTBEAT = Duration.ofMillis(300);
  static final Duration TAKE_OVER_AFTER = Duration.ofSeconds(1);

  private TuningPod() {}

  /** The shared storage: a PostgreSQL database or a folder. */
  record Storage(WorkflowJournal journal, LeaseRegistry leases) {

    static Storage open(String address, String stop, String owner) {
      if (!address.startsWith("jdbc:")) {
        Path folder = Path.of(address);
        return new Storage(
            FileJournal.open(folder.resolve("runs")),
            FileLeaseRegistry.open(folder.resolve("leases"), Time.system()));
      }
      JdbcStore store =
          JdbcStore.builder(StoppingDataSource.at(stop, TestDatabase.POSTGRESQL.open(address)))
              .owner(owner)
              .heartbeat(HEARTBEAT)
              .takeOverAfter(TAKE_OVER_AFTER)
              .open();
      return new Storage(store.journal(), store.leases());
    }
  }

  /**
   * Runs until the run ends.
   *
   * @param arguments the database or folder, the run, where to stop, the name of the pod, and the
   *     simulated service: endpoint, tenant, client, secret, subscription, group, account. It stops
   *     in the step with that name, or at a commit such as "before-commit-7"; "none" does not stop
   */
  public static void main(String[] arguments) throws Exception {
    Storage storage = Storage.open(arguments[0], arguments[2], arguments[3]);
    RunId run = new RunId(arguments[1]);
    try (AzureProvider provider = provider(arguments);
        WorkflowJournal journal = storage.journal()) {
      FineTuningWorkflow workflow =
          FineTuningWorkflow.builder(provider, journal)
              .leases(storage.leases())
              .catalog(provider.catalog())
              .polling(
                  new PollingSchedule(
                      Duration.ofMillis(50), 1, Duration.ofMillis(50), Duration.ofMinutes(2)))
              .listener(stayingIn(arguments[2]))
              .build();
      while (!arguments[2].equals(IMPATIENT) && journal.owner(run).isPresent()) {
        Time.system().sleep(Duration.ofMillis(50));
      }
      workflow.run(run, plan());
      System.out.println("done");
    } catch (JournalException e) {
      System.out.println("lost: " + e.getMessage());
    }
    System.exit(0);
  }

  private static WorkflowListener stayingIn(String name) {
    return new WorkflowListener() {
      @Override
      public void stepStarted(RunId started, Step step) {
        System.out.println("start " + step);
        if (step.name().equals(name)) {
          try {
            System.in.read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }

  private static AzureProvider provider(String[] arguments) {
    return AzureProvider.builder(arguments[4])
        .tokens(
            AzureTokenOptions.publicCloud()
                .withAuthorityHost(arguments[4])
                .clientSecret(arguments[5], arguments[6], arguments[7]))
        .account(arguments[8], arguments[9], arguments[10])
        .managementHost(arguments[4])
        .build();
  }

  private static FineTuningPlan plan() {
    Dataset<ChatExample> examples =
        Dataset.of(
            "support",
            ChatExample.class,
            IntStream.range(0, 12)
                .mapToObj(
                    i ->
                        ChatExample.of(
                            Message.user("Where is order " + i + "?"),
                            Message.assistant("Order " + i + " is on its way.")))
                .toList());
    Dataset<PromptExample> questions =
        Dataset.of(
            "questions",
            PromptExample.class,
            examples.examples().limit(5).map(PromptExample::from).toList());
    return FineTuningPlan.builder(
            FineTuningRequest.builder(
                    "gpt-4.1-mini-2025-04-14", SupervisedTraining.withDefaults(), examples)
                .build(),
            questions)
        .grader("exact", Graders.exact())
        .baselines(Baselines.zeroShot())
        .baselineModel(question -> ChatResponse.of("I do not know."))
        .leaseTime(Duration.ofHours(2))
        .allowLeakedTestData()
        .build();
  }
}
