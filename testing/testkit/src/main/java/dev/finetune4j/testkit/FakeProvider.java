package dev.finetune4j.testkit;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.CatalogEntry;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.dataset.validation.ValidationReport;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.inference.ChatResponse;
import dev.finetune4j.job.JobHandle;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.provider.FineTuningProvider;
import dev.finetune4j.provider.ProviderGuard;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import dev.finetune4j.training.TrainingMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A whole provider in memory: jobs follow a {@link JobScenario} as the given {@link Time} moves,
 * deployments bill by the hour, models are functions, every call is counted and can be made to
 * fail. It passes the provider contract itself.
 *
 * <pre>{@code
 * FakeClock time = new FakeClock();
 * FakeProvider provider =
 *     FakeProvider.builder(time).course(JobScenario.standard()).build();
 * FineTuningJob job = provider.submit(request).await();
 * assertThat(provider.calls().count(FakeOperation.CREATE_JOB)).isEqualTo(1);
 * }</pre>
 *
 * <p>It stands for the service, so it outlives what a test lets die: a restarted application gets
 * the same object, unless it closes it: a closed provider refuses every call. Thread-safe.
 */
public final class FakeProvider implements FineTuningProvider {
  private final ProviderGuard guard;
  private final FakeSettings settings;
  private final FakeCalls calls;
  private final FakeJobs jobs;
  private final FakeDeployer deployer;

  private FakeProvider(Builder builder) {
    settings = new FakeSettings(builder);
    guard = new ProviderGuard(settings.id);
    calls = new FakeCalls(settings.id);
    jobs = new FakeJobs(settings, calls);
    deployer = new FakeDeployer(settings, calls, this::modelCalled);
  }

  /** Starts a provider that lives by {@code time}. */
  public static Builder builder(Time time) {
    return new Builder(time);
  }

  /** Returns what was called, and the place to plan faults. */
  public FakeCalls calls() {
    return calls;
  }

  /** Returns the deployments that are not gone; not counted as a call. */
  public List<Deployment> standingDeployments() {
    return deployer.standing();
  }

  /** Returns what all deployments have cost until now. */
  public Money billed() {
    return deployer.billed();
  }

  @Override
  public ProviderId id() {
    return settings.id;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.copyOf(settings.capabilities);
  }

  @Override
  public <E extends Example> DatasetValidator<E> validator(
      String baseModel, TrainingMethod<E> method) {
    DatasetValidator<E> rules =
        DatasetValidator.builder(method.exampleType()).minimumExamples(0).build();
    return dataset -> {
      ValidationReport report = rules.check(dataset);
      List<Finding> findings = new ArrayList<>(report.findings());
      findings.addAll(settings.findings);
      return new ValidationReport(dataset.name(), report.examplesChecked(), findings);
    };
  }

  @Override
  public TokenCounter tokenCounter(String baseModel) {
    return new WordCounter();
  }

  @Override
  public ModelCatalog catalog() {
    return settings.catalog;
  }

  @Override
  public JobHandle submit(FineTuningRequest request) {
    guard.requireOpen();
    FakeRequirements.check(settings, request);
    guard.check(this, request);
    return job(jobs.submit(request));
  }

  @Override
  public JobHandle job(JobReference reference) {
    return new JobHandle(guard.require(reference), jobOperations(), settings.time);
  }

  @Override
  public Optional<JobReference> findJob(SubmissionKey key) {
    guard.requireOpen();
    return jobs.find(key);
  }

  @Override
  public JobOperations jobOperations() {
    return guard.guard(jobs);
  }

  @Override
  public Optional<ChatModel> chatModel(ModelReference model) {
    Capability needed =
        jobs.findRequestOf(guard.require(model).name()).isPresent()
            ? Capability.TUNED_MODEL_INFERENCE
            : Capability.BASE_MODEL_INFERENCE;
    return settings.capabilities.contains(needed)
        ? Optional.of(modelCalled(model.name()))
        : Optional.empty();
  }

  @Override
  public Optional<Deployer> deployer() {
    guard.requireOpen();
    return settings.capabilities.contains(Capability.DEPLOYMENT)
        ? Optional.of(guard.guard(deployer))
        : Optional.empty();
  }

  @Override
  public void close() {
    guard.close();
  }

  private ChatModel modelCalled(String name) {
    ChatModel model = settings.models.get(name);
    if (model == null) {
      model =
          jobs.findRequestOf(name)
              .map(
                  request ->
                      settings.models.getOrDefault(
                          Builder.TUNED, TrainingDataModel.of(request.trainingData())))
              .orElse(question -> ChatResponse.of(""));
    }
    ChatModel answering = model;
    return question -> {
      guard.requireOpen();
      return calls.makeBeside(FakeOperation.CHAT, () -> answering.chat(question).withModel(name));
    };
  }

  /** Collects how a fake provider behaves. Not thread-safe. */
  public static final class Builder {
    private static final String TUNED = "*";

    final Time time;
    final Map<String, ChatModel> models = new HashMap<>();
    ProviderId id = new ProviderId("fake");
    Set<Capability> capabilities =
        EnumSet.complementOf(
            EnumSet.of(
                Capability.REINFORCEMENT_TRAINING,
                Capability.IMAGES,
                Capability.TUNED_MODEL_INFERENCE,
                Capability.STREAMING));
    Function<FineTuningRequest, JobScenario> courses = request -> JobScenario.standard();
    List<Finding> findings = new ArrayList<>();
    int eventPageSize = 100;
    int jobPageSize = 100;
    Duration deploymentTakes = Duration.ofMinutes(2);
    Duration deletionTakes = Duration.ZERO;
    List<CatalogEntry> catalog = List.of();
    Money pricePerHour = Money.dollars("1.70");

    private Builder(Time time) {
      this.time = time;
    }

    /** Sets the short name; {@code fake} if not set. */
    public Builder id(String name) {
      id = new ProviderId(name);
      return this;
    }

    /**
     * Sets what works. If not set, all but reinforcement training, images, streaming and tuned
     * models without a deployment.
     */
    public Builder capabilities(Set<Capability> set) {
      capabilities = EnumSet.noneOf(Capability.class);
      capabilities.addAll(set);
      return this;
    }

    /** Takes one thing from what works. */
    public Builder without(Capability capability) {
      capabilities.remove(capability);
      return this;
    }

    /** Adds one thing to what works. */
    public Builder with(Capability capability) {
      capabilities.add(capability);
      return this;
    }

    /** Sets what every job does; {@link JobScenario#standard()} if not set. */
    public Builder course(JobScenario course) {
      courses = request -> course;
      return this;
    }

    /** Sets what each job does, by its request. */
    public Builder courses(Function<FineTuningRequest, JobScenario> function) {
      courses = function;
      return this;
    }

    /** Sets what a model answers; a base model without a function answers nothing. */
    public Builder model(String name, ChatModel model) {
      models.put(name, model);
      return this;
    }

    /**
     * Sets what every tuned model answers; if not set, each gives the answer of the training
     * example that has the same prompt, and nothing to other prompts.
     */
    public Builder tunedModel(ChatModel model) {
      return model(TUNED, model);
    }

    /** Lets every validation find this. */
    public Builder finding(Finding finding) {
      findings.add(finding);
      return this;
    }

    /** Sets what is known of base models; nothing by default. */
    public Builder catalog(CatalogEntry... entries) {
      catalog = List.of(entries);
      return this;
    }

    /** Sets how many events a page has, and how many jobs; 100 each if not set. */
    public Builder pageSizes(int events, int jobs) {
      eventPageSize = events;
      jobPageSize = jobs;
      return this;
    }

    /** Sets how long a deployment takes to get ready and to go; 2 minutes and none if not set. */
    public Builder deploymentTakes(Duration creation, Duration deletion) {
      deploymentTakes = creation;
      deletionTakes = deletion;
      return this;
    }

    /** Sets what a deployment costs while it exists; 1.70 USD by default. */
    public Builder pricePerHour(Money price) {
      pricePerHour = price;
      return this;
    }

    /** Returns the provider. */
    public FakeProvider build() {
      return new FakeProvider(this);
    }
  }
}
