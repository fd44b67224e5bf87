package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.HuggingFaceServices;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.provider.DeployedModel;
import dev.finetune4j.provider.Deployer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Deploys a model or an adapter of the Hub to a private Inference Endpoint, asks it, and deletes
 * the endpoint. If the program dies first, the next start deletes it once its lease is over.
 */
public final class DeployToInferenceEndpoint {
  private static final String HELP =
      """
      DeployToInferenceEndpoint: deploys a model of the Hub. COSTS MONEY while the endpoint runs.

        --model NAME       a repository with a model or an adapter, for example what
                           TrainOnHuggingFaceJobs has left
        --machine NAME     what serves (nvidia-l4-x1 if not given)
        --question TEXT    what it is asked
        --directory DIR    keeps the leases; every start first deletes what an earlier one left
        --help             this text

      Reads HF_TOKEN; for a simulator HF_ENDPOINT, HF_ENDPOINTS_API and HF_ROUTER as well.
      """;

  private DeployToInferenceEndpoint() {}

  /** Runs the example. */
  public static void main(String[] args) {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--model", "--machine", "--question", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (HuggingFaceProvider provider = HuggingFaceServices.options(System.getenv()).build()) {
      run(provider, arguments, System.out);
    }
  }

  static String run(HuggingFaceProvider provider, ExampleArguments arguments, PrintStream out) {
    Path directory = arguments.directory("inference-endpoint");
    String name =
        arguments
            .find("--model")
            .orElseThrow(() -> new IllegalArgumentException("--model owner/name is needed."));
    String machine = arguments.find("--machine").orElse("nvidia-l4-x1");
    Deployer deployer = provider.requireDeployer();
    DeploymentSpec spec =
        DeploymentSpec.of(
            new ModelReference(provider.id(), name),
            "finetune4j-example",
            new Capacity.Hardware(machine, 0, 1));
    FileLeaseRegistry leases = FileLeaseRegistry.open(directory.resolve("leases"), deployer.time());
    String answer;
    try (DeployedModel model = deployer.deploy(spec, Duration.ofHours(1), leases)) {
      Deployment ready = model.deployment();
      out.println(
          ready.endpoint().map(String::valueOf).orElse("")
              + " answers this account only, costs "
              + ready.pricePerHour().map(Money::toString).orElse("an unknown sum")
              + " per hour, and sleeps when it is not used");
      String question = arguments.find("--question").orElse("How many heads are older than 56?");
      answer = model.chat(question);
      out.println(question + "\n  " + answer);
    }
    out.println("The endpoint was deleted.");
    return answer;
  }
}
