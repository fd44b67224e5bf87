package dev.finetune4j.examples;

import dev.finetune4j.ModelReference;
import dev.finetune4j.PollingSchedule;
import dev.finetune4j.Time;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Capacity;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.FileLeaseRegistry;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseRegistry;
import dev.finetune4j.deployment.LeaseSweeper;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.deployment.SweepResult;
import dev.finetune4j.examples.console.ExampleArguments;
import dev.finetune4j.examples.console.HuggingFaceServices;
import dev.finetune4j.huggingface.HuggingFaceProvider;
import dev.finetune4j.inference.ChatRequest;
import dev.finetune4j.provider.Deployer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A model of the Hub, an adapter as well, on a private Inference Endpoint under a lease: asked, and
 * taken away again, also by the next start if this one dies in between.
 */
public final class DeployToInferenceEndpoint {
  private static final String HELP =
      """
      DeployToInferenceEndpoint: deploys a model of the Hub. COSTS MONEY while the endpoint runs.

        --model NAME       a repository with a model or an adapter, for example what
                           TrainOnHuggingFaceJobs has left
        --machine NAME     what serves (nvidia-l4-x1 if not given)
        --question TEXT    what it is asked
        --directory DIR    where the leases are kept; every start first deletes what is over
        --help             this text

      Reads HF_TOKEN; for a simulator HF_ENDPOINT, HF_ENDPOINTS_API and HF_ROUTER as well.
      """;

  private DeployToInferenceEndpoint() {}

  /** Runs the example. */
  public static void main(String[] args) throws InterruptedException {
    ExampleArguments arguments =
        ExampleArguments.parse(args, "--model", "--machine", "--question", "--directory");
    if (arguments.asksForHelp()) {
      System.out.println(HELP);
      return;
    }
    try (HuggingFaceProvider provider = HuggingFaceServices.options(System.getenv()).build()) {
      run(provider, Time.system(), arguments, System.out);
    }
  }

  static String run(
      HuggingFaceProvider provider, Time time, ExampleArguments arguments, PrintStream out)
      throws InterruptedException {
    Path directory = arguments.directory("inference-endpoint");
    String name =
        arguments
            .find("--model")
            .orElseThrow(() -> new IllegalArgumentException("--model owner/name is needed."));
    String machine = arguments.find("--machine").orElse("nvidia-l4-x1");
    Deployer deployer = provider.deployer().orElseThrow();
    LeaseRegistry book = FileLeaseRegistry.open(directory.resolve("leases"), time);
    LeaseSweeper sweeper =
        new LeaseSweeper(book, Map.of(provider.id(), deployer.operations()), time);
    for (SweepResult left : sweeper.sweep()) {
      out.println("Left by an earlier start: " + left.detail());
    }

    DeploymentSpec spec =
        DeploymentSpec.of(
            new ModelReference(provider.id(), name),
            "finetune4j-example",
            new Capacity.Hardware(machine, 0, 1));
    Lease lease = book.reserve(spec, LeaseTerms.of("the example", Duration.ofHours(1)));
    try {
      DeploymentReference made = deployer.deploy(lease.labelled(spec)).reference();
      book.confirm(lease, made);
      Deployment ready = deployer.deployment(made).await(PollingSchedule.standard());
      out.println(
          ready.endpoint().map(String::valueOf).orElse("")
              + " answers, for nobody but the account, at "
              + ready.pricePerHour().map(Money::toString).orElse("an unknown price")
              + " per hour; it sleeps when nobody asks");
      String question = arguments.find("--question").orElse("How many heads are older than 56?");
      String answer = deployer.chatModel(ready).chat(ChatRequest.of(question)).text();
      out.println(question + "\n  " + answer);
      return answer;
    } finally {
      out.println(sweeper.sweep(lease).detail());
    }
  }
}
