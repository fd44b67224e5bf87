package dev.finetune4j.huggingface;

import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.cost.PriceBook;
import dev.finetune4j.huggingface.internal.autotrain.AutoTrainScripts;
import dev.finetune4j.huggingface.internal.space.SpaceJobOperations;
import dev.finetune4j.huggingface.internal.space.SpaceOrder;
import dev.finetune4j.huggingface.internal.space.SpaceSettings;
import dev.finetune4j.huggingface.internal.space.SpaceTraining;
import dev.finetune4j.huggingface.internal.trl.TrlErrors;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.job.JobOperations;
import dev.finetune4j.job.JobReference;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.providerkit.process.JobContents;
import dev.finetune4j.training.FineTuningRequest;
import dev.finetune4j.training.SubmissionKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trains with AutoTrain in Hugging Face Spaces, one for each job. Everything except training works
 * as for Jobs. Thread-safe.
 */
final class SpacesRunner implements HuggingFaceRunner {
  private final JobsRunner hosted;
  private final AutoTrainTraining training;
  private final SpaceTraining spaces;
  private final SpaceJobOperations operations;
  private final String image;

  SpacesRunner(HuggingFaceJobsOptions<?> options) {
    hosted = new JobsRunner(options);
    image = options.image();
    training =
        new AutoTrainTraining(
            new HuggingFaceBases(Map.of()),
            () -> !options.flavor().startsWith("cpu-"),
            options.time());
    spaces =
        new SpaceTraining(
            hosted.hub(),
            hosted::namespace,
            new SpaceSettings(options.flavor(), options.timeout(), options::token),
            options.time());
    operations = new SpaceJobOperations(hosted.hub(), options.time());
  }

  @Override
  public Set<Capability> capabilities() {
    return AutoTrainTraining.CAPABILITIES;
  }

  @Override
  public JobReference submit(FineTuningRequest request) {
    return start(request.submissionKey(), request.baseModel(), training.contents(request));
  }

  JobReference submit(AutoTrainYamlOptions file) {
    if (Path.of(file.baseModel()).isAbsolute()) {
      throw TrlErrors.unsupported(
          "base models in local folders", "Use a base model on the Hub for Spaces.");
    }
    return start(file.submissionKey(), file.baseModel(), training.copied(file));
  }

  private JobReference start(SubmissionKey key, String base, JobContents contents) {
    return spaces.submit(new SpaceOrder(key, base, contents, files(key)));
  }

  private Map<String, String> files(SubmissionKey key) {
    String readme =
        "---\ntitle: AutoTrain " + key + "\nsdk: docker\napp_port: 7860\npinned: false\n---\n";
    return Map.of(
        "README.md", readme,
        "Dockerfile", AutoTrainScripts.text("Dockerfile").replace("{image}", image),
        "requirements.txt", AutoTrainScripts.requirements(),
        "finetune4j_space.py", AutoTrainScripts.text("finetune4j_space.py"));
  }

  @Override
  public Optional<JobReference> find(SubmissionKey key) {
    return spaces.find(key);
  }

  @Override
  public JobOperations operations() {
    return operations;
  }

  @Override
  public Optional<ChatModel> chatModel(String model) {
    return hosted.chatModel(model);
  }

  @Override
  public Deployer deployer() {
    return hosted.deployer();
  }

  @Override
  public ModelCatalog catalog() {
    return hosted.catalog();
  }

  @Override
  public PriceBook prices(double tokensPerSecond) {
    // Spaces may be priced differently from Jobs, and no API of the Hub reports their price.
    return hosted.pricesWith(null);
  }

  @Override
  public Optional<Money> longestTrainingCost() {
    return Optional.empty();
  }

  @Override
  public Path outputFolder(String model) {
    return hosted.outputFolder(model);
  }

  @Override
  public Time time() {
    return hosted.time();
  }

  @Override
  public void close() {
    hosted.close();
  }
}
