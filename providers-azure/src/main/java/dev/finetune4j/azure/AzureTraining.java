package dev.finetune4j.azure;

import dev.finetune4j.azure.AzureProvider.ApiSurface;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.error.InvalidRequestException;
import dev.finetune4j.error.ProviderFailure;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.providerkit.file.FileOperations;
import dev.finetune4j.providerkit.file.FileSettings;
import dev.finetune4j.providerkit.file.ProcessedFiles;
import dev.finetune4j.providerkit.file.TrainingFiles;
import dev.finetune4j.providerkit.job.DialectJobs;
import dev.finetune4j.providerkit.job.JobDialect;
import dev.finetune4j.providerkit.job.KeyPlace;
import dev.finetune4j.providerkit.job.Submission;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.MethodKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Settings of the OpenAI dialect where Azure's fine-tuning differs. Stateless. */
final class AzureTraining {
  private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9_-]*");
  private static final int LONGEST_SUFFIX = 40;

  private static final Map<Capability, MethodKind> METHODS =
      Map.of(
          Capability.SUPERVISED_TRAINING, MethodKind.SUPERVISED,
          Capability.PREFERENCE_TRAINING, MethodKind.PREFERENCE,
          Capability.REINFORCEMENT_TRAINING, MethodKind.REINFORCEMENT);

  private AzureTraining() {}

  static JobDialect dialect(AzureProvider.Builder options, AzureConnections connections) {
    JobDialect.Builder dialect =
        JobDialect.builder(AzureProvider.ID)
            .keyPlace(KeyPlace.SUFFIX)
            .suffix(LONGEST_SUFFIX, SUFFIX)
            // The dated API accepts only numbers; leaving a member out lets the service choose.
            .automatic(null)
            .member("trainingType", options.trainingType.word());
    return connections.isPreview() ? dialect.build() : dialect.withoutMethods().build();
  }

  /**
   * Refuses reinforcement without validation data, which Azure would refuse only after the upload.
   */
  static void check(FineTuningRequest request, Set<Capability> capabilities) {
    boolean rewards = request.method().kind() == MethodKind.REINFORCEMENT;
    if (rewards
        && capabilities.contains(Capability.REINFORCEMENT_TRAINING)
        && request.validationData().isEmpty()) {
      throw new InvalidRequestException(
          ProviderFailure.of(
              AzureProvider.ID,
              "Reinforcement training requires validation data on Azure. Add validationData to"
                  + " the request."));
    }
  }

  static Set<Capability> capabilities(AzureProvider.Builder options, AzureConnections connections) {
    Set<Capability> can =
        EnumSet.of(
            Capability.SUPERVISED_TRAINING,
            Capability.VALIDATION_DATA,
            Capability.SEED,
            Capability.TOOLS,
            Capability.IMAGES,
            Capability.CANCEL_JOB,
            Capability.JOB_EVENTS,
            Capability.CHECKPOINTS,
            Capability.LIST_JOBS,
            Capability.STREAMING);
    if (connections.isPreview()) {
      can.add(Capability.PREFERENCE_TRAINING);
      can.add(Capability.REINFORCEMENT_TRAINING);
      can.add(Capability.PAUSE_JOB);
    }
    if (options.account != null) {
      can.add(Capability.DEPLOYMENT);
    }
    if (!options.baseDeployments.isEmpty()) {
      can.add(Capability.BASE_MODEL_INFERENCE);
    }
    return Collections.unmodifiableSet(can);
  }

  /** Returns the latest date announced for any model in the catalog; open models have none. */
  static Optional<LocalDate> until(ModelCatalog catalog, Capability capability) {
    if (capability == Capability.DEPLOYMENT) {
      return last(catalog.entries().stream().map(CatalogEntry::answersUntil));
    }
    MethodKind method = METHODS.get(capability);
    return last(
        catalog.entries().stream()
            .filter(entry -> method != null && entry.methods().contains(method))
            .map(CatalogEntry::trainableUntil));
  }

  private static Optional<LocalDate> last(Stream<Optional<LocalDate>> days) {
    return days.flatMap(Optional::stream).max(Comparator.naturalOrder());
  }

  /** Azure's file limits (reference: authoring swagger 2025-04-01-preview). */
  static FileSettings files(AzureProvider.Builder options) {
    FileSettings.Builder settings =
        FileSettings.builder()
            .largestWholeBytes(options.largestWholeFile)
            .expiry(Duration.ofDays(14), Duration.ofDays(30));
    if (options.apiSurface == ApiSurface.CLASSIC) {
      settings.withDottedFields();
    }
    return options.byteOrderMark ? settings.withByteOrderMark().build() : settings.build();
  }

  /** Returns the submission of jobs, with training files that expire as the settings say. */
  static Submission submission(
      AzureProvider.Builder options, DialectJobs jobs, FileOperations files) {
    TrainingFiles kept = TrainingFiles.of(files);
    Duration expiry = options.fileExpiry;
    TrainingFiles training = expiry == null ? kept : kept.expiringAfter(expiry);
    ProcessedFiles ready = new ProcessedFiles(files, training, options.filePolling);
    return new Submission(jobs, ready::ensureReady, options.time);
  }
}
