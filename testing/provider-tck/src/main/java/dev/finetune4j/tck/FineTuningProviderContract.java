package dev.finetune4j.tck;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.finetune4j.ProviderId;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.validation.InvalidDatasetException;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.NotFoundException;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.Checkpoint;
import dev.finetune4j.job.FineTuningJob;
import dev.finetune4j.job.JobEvent;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobPage;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.job.JobStatus;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.testkit.RecordingListener;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * What every provider does, as tests: subclass it in a provider's module. It reads {@link
 * FineTuningProvider#capabilities()}: what is declared must work, what is not must be refused
 * before any request. Tests of what a provider does not declare are skipped where there is nothing
 * to refuse.
 *
 * <p>The provider is asked anew by each test and may be the same object; the service behind it must
 * be there. Each declared kind of training makes a job of its own, so keep {@link
 * #hyperparameters()} small.
 */
public abstract class FineTuningProviderContract extends DeploymentContract {

  /** For subclasses. */
  protected FineTuningProviderContract() {}

  /** What is declared, and what is not. */
  @Nested
  public final class Capabilities {

    @TestFactory
    Stream<DynamicTest> aRequestThatNeedsWhatIsNotDeclaredIsRefusedBeforeAnyRequest() {
      return variants().stream()
          .filter(variant -> !declares(variant.capability()))
          .map(
              variant -> refusal(variant.capability(), () -> provider().submit(variant.request())));
    }

    @TestFactory
    Stream<DynamicTest> aRequestThatNeedsWhatIsDeclaredIsAccepted() {
      return variants().stream()
          .filter(variant -> declares(variant.capability()))
          .filter(variant -> provider().capabilities().containsAll(variant.alsoNeeded()))
          .map(
              variant ->
                  DynamicTest.dynamicTest(
                      variant.capability().name(), () -> endsWithAModel(variant.request())));
    }

    @TestFactory
    Stream<DynamicTest> aCallThatIsNotDeclaredIsRefusedBeforeAnyRequest() {
      JobReference job = new JobReference(provider().id(), "any");
      return Stream.of(
              refusal(Capability.CANCEL_JOB, () -> provider().job(job).cancel()),
              refusal(Capability.PAUSE_JOB, () -> provider().job(job).pause()),
              refusal(Capability.PAUSE_JOB, () -> provider().job(job).resume()),
              refusal(
                  Capability.JOB_EVENTS,
                  () -> provider().jobOperations().events(job, Optional.empty())),
              refusal(Capability.CHECKPOINTS, () -> provider().job(job).checkpoints()),
              refusal(
                  Capability.LIST_JOBS, () -> provider().jobOperations().list(Optional.empty())))
          .filter(test -> !declares(Capability.valueOf(test.getDisplayName())));
    }

    @Test
    void aDeployerIsThereIfDeploymentIsDeclared() {
      assertEquals(declares(Capability.DEPLOYMENT), provider().deployer().isPresent());
    }

    @Test
    void theBaseModelAnswersWithoutADeploymentIfThatIsDeclared() {
      Optional<ChatModel> model = provider().chatModel(model(baseModel()));

      assertEquals(declares(Capability.BASE_MODEL_INFERENCE), model.isPresent());
      model.ifPresent(present -> assertAnswers(present));
    }

    private List<RequestVariant> variants() {
      return RequestVariant.all(baseModel(), reinforcementModel(), imageModel(), hyperparameters());
    }

    private DynamicTest refusal(Capability capability, Executable call) {
      return DynamicTest.dynamicTest(
          capability.name(),
          () -> {
            long before = requests();
            assertThrows(UnsupportedCapabilityException.class, call);
            assertEquals(before, requests(), "refused only after a request");
          });
    }
  }

  /** Submitting the same request twice creates one job. */
  @Nested
  public final class Submission {

    @Test
    void aSecondSubmitWithTheSameKeyCreatesNoJob() {
      FineTuningRequest request = request(hyperparameters());

      JobHandle first = provider().submit(request);
      long made = jobsMade();
      JobHandle second = provider().submit(request);

      assertEquals(first.reference(), second.reference());
      assertEquals(made, jobsMade());
    }

    @Test
    void twoKeysAreTwoJobs() {
      JobHandle first = provider().submit(request(hyperparameters()));
      JobHandle second = provider().submit(request(hyperparameters()));

      assertFalse(first.reference().equals(second.reference()));
    }

    @Test
    void aJobIsFoundByItsKey() {
      FineTuningRequest request = request(hyperparameters());

      JobHandle job = provider().submit(request);

      assertEquals(Optional.of(job.reference()), provider().findJob(request.submissionKey()));
    }

    @Test
    void dataWithErrorsIsRefusedBeforeAnyRequest() {
      ChatExample empty = ChatExample.of(Message.user(""), Message.assistant(""));
      FineTuningRequest request =
          FineTuningRequest.supervised(
              baseModel(), Dataset.of("broken", Collections.nCopies(12, empty)));
      long before = requests();

      assertThrows(InvalidDatasetException.class, () -> provider().submit(request));
      assertEquals(before, requests(), "refused only after a request");
    }

    @Test
    void aKeyThatNobodyUsedFindsNothing() {
      assertEquals(Optional.empty(), provider().findJob(SubmissionKey.random()));
    }
  }

  /** Snapshots, events and the end. */
  @Nested
  public final class Jobs {

    @Test
    void anUnknownJobIsNotFound() {
      JobHandle unknown = provider().job(new JobReference(provider().id(), "job-unknown"));

      assertThrows(NotFoundException.class, unknown::refresh);
    }

    @Test
    void aHandleOfAStoredReferenceCostsNoRequest() {
      JobReference reference = provider().submit(request(hyperparameters())).reference();
      long before = requests();

      JobHandle again = provider().job(reference);

      assertEquals(reference, again.reference());
      assertEquals(before, requests());
      assertEquals(reference, again.refresh().reference());
    }

    @Test
    void aJobEndsWithAModelOfThisProvider() throws Exception {
      FineTuningJob job = endsWithAModel(request(hyperparameters()));

      assertEquals(provider().id(), job.requireFineTunedModel().provider());
      assertTrue(job.finishedAt().isPresent(), "no moment of the end");
      assertFalse(job.createdAt().isAfter(job.finishedAt().get()), "ended before it was made");
    }

    @Test
    void eventsComeOnceAndInOrderAndToEveryHandle() throws Exception {
      assumeTrue(declares(Capability.JOB_EVENTS), "reports no events");
      RecordingListener first = new RecordingListener();
      RecordingListener second = new RecordingListener();

      JobHandle handle = provider().submit(request(hyperparameters()));
      handle.await(polling(), first);
      provider().job(handle.reference()).await(polling(), second);

      assertFalse(first.events().isEmpty(), "no events at all");
      assertEquals(first.events().size(), new HashSet<>(first.eventIds()).size(), "repeated ids");
      assertEquals(
          second.events().stream().map(JobEvent::at).sorted().toList(),
          second.events().stream().map(JobEvent::at).toList());
      assertEquals(new HashSet<>(first.eventIds()), new HashSet<>(second.eventIds()));
    }

    @Test
    void checkpointsAreListedOldestFirst() throws Exception {
      assumeTrue(declares(Capability.CHECKPOINTS), "keeps no checkpoints");
      JobHandle handle = provider().submit(request(hyperparameters()));
      handle.await(polling());

      List<Checkpoint> checkpoints = handle.checkpoints();

      assertEquals(
          checkpoints.stream().map(Checkpoint::createdAt).sorted().toList(),
          checkpoints.stream().map(Checkpoint::createdAt).toList());
    }

    @Test
    void aNewJobIsInTheList() {
      assumeTrue(declares(Capability.LIST_JOBS), "lists no jobs");
      JobReference job = provider().submit(request(hyperparameters())).reference();

      JobPage page = provider().jobOperations().list(Optional.empty());

      assertTrue(page.jobs().stream().anyMatch(each -> each.reference().equals(job)));
    }
  }

  /** Ending a job early, and stopping it for a while. */
  @Nested
  public final class Stopping {

    @Test
    void aCancelledJobStaysCancelled() throws Exception {
      assumeTrue(declares(Capability.CANCEL_JOB), "cancels no jobs");
      JobHandle handle = provider().submit(request(longHyperparameters()));

      handle.cancel();
      FineTuningJob ended = handle.await(polling());
      FineTuningJob again = handle.cancel();

      assertEquals(JobStatus.CANCELLED, ended.status());
      assertEquals(JobStatus.CANCELLED, again.status());
    }

    @Test
    void cancellingAJobThatHasEndedChangesNothing() throws Exception {
      assumeTrue(declares(Capability.CANCEL_JOB), "cancels no jobs");
      JobHandle handle = provider().submit(request(hyperparameters()));
      FineTuningJob ended = handle.await(polling());

      FineTuningJob again = handle.cancel();

      assertEquals(ended.status(), again.status());
    }

    @Test
    void aPausedJobGoesOnToItsEnd() throws Exception {
      assumeTrue(declares(Capability.PAUSE_JOB), "pauses no jobs");
      JobHandle handle = provider().submit(request(longHyperparameters()));
      awaitStatus(handle, JobStatus.RUNNING);

      handle.pause();
      awaitStatus(handle, JobStatus.PAUSED);
      handle.resume();

      assertEquals(JobStatus.SUCCEEDED, handle.await(polling()).status());
    }
  }

  /** Secrets, foreign references, and closing. */
  @Nested
  public final class Manners {

    @Test
    void secretsDoNotShow() {
      assumeFalse(secrets().isEmpty(), "has no secrets");
      JobHandle handle = provider().submit(request(hyperparameters()));
      List<String> texts =
          Stream.of(provider(), provider().deployer(), handle, handle.refresh())
              .map(String::valueOf)
              .toList();

      for (String secret : secrets()) {
        assertTrue(texts.stream().noneMatch(text -> text.contains(secret)), "a secret shows");
      }
    }

    @Test
    void closingTwiceIsNoError() {
      FineTuningProvider provider = provider();

      provider.close();

      assertDoesNotThrow(provider::close);
    }

    @Test
    void referencesOfAnotherProviderAreRefusedBeforeAnyRequest() {
      long before = requests();

      for (Executable call : callsWithReferencesOf(new ProviderId("another"))) {
        String message =
            String.valueOf(assertThrows(InvalidRequestException.class, call).getMessage());
        assertTrue(message.contains("belongs to provider another; this provider is "), message);
      }

      assertEquals(before, requests());
    }

    @Test
    void aClosedProviderRefusesEveryCallBeforeAnyRequest() {
      List<Executable> calls = callsOn(provider().submit(request(hyperparameters())));
      provider().close();
      long before = requests();

      for (Executable call : calls) {
        assertThrows(IllegalStateException.class, call);
      }

      assertEquals(before, requests());
    }
  }
}
