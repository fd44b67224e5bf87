package dev.finetune4j.workflow;

import dev.finetune4j.ModelReference;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.deployment.Deployment;
import dev.finetune4j.deployment.DeploymentReference;
import dev.finetune4j.deployment.DeploymentSpec;
import dev.finetune4j.deployment.Lease;
import dev.finetune4j.deployment.LeaseTerms;
import dev.finetune4j.provider.Deployer;
import dev.finetune4j.workflow.journal.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Deploys the tuned model under a lease. Does nothing where the provider needs no deployment. */
final class DeployStep implements WorkflowStep {
  private static final BigDecimal MINUTES_PER_HOUR = BigDecimal.valueOf(60);

  @Override
  public Step step() {
    return Step.DEPLOY;
  }

  @Override
  public Map<String, String> perform(RunState run) {
    Optional<Deployer> deployer = run.provider().deployer();
    if (deployer.isEmpty()) {
      return Map.of("deployment", "");
    }
    Deployment ready = deploy(run, deployer.get());
    recordHosting(run, ready);
    return Map.of("deployment", ready.reference().id());
  }

  @Override
  public void restore(RunState run, Map<String, String> result) {
    String id = result.getOrDefault("deployment", "");
    run.deployment = id.isEmpty() ? null : new DeploymentReference(run.provider().id(), id);
  }

  /** Creates the deployment, or finds it after a crash, and waits until it is ready. */
  static Deployment deploy(RunState run, Deployer deployer) {
    ModelReference model = run.requireJob().requireFineTunedModel();
    DeploymentSpec spec = DeploymentSpec.of(model, run.key().value(), run.plan().capacity());
    LeaseTerms terms = new LeaseTerms(run.run().value(), run.plan().leaseTime(), pricePerHour(run));
    run.requireHeld();
    Lease lease = run.workflow().leases().reserve(spec, terms);
    run.requireHeld();
    DeploymentReference made = deployer.deploy(lease.labelled(spec)).reference();
    run.workflow().leases().confirm(lease, made);
    return deployer
        .deployment(made)
        .await(
            run.workflow().polling(),
            deployment -> {
              run.requireNotCancelled();
              run.noteProgress(
                  deployment.status().name(), 0, OptionalLong.empty(), Optional.empty());
            });
  }

  private static Optional<Money> pricePerHour(RunState run) {
    return run.workflow().prices().hostingPricePerHour(run.baseModel());
  }

  private static void recordHosting(RunState run, Deployment ready) {
    Optional<Money> perHour = ready.pricePerHour().or(() -> pricePerHour(run));
    BigDecimal hours =
        BigDecimal.valueOf(run.plan().leaseTime().toMinutes())
            .divide(MINUTES_PER_HOUR, 4, RoundingMode.CEILING);
    run.record(
        new LedgerEntry(
            SettleStep.HOSTING,
            run.workflow().time().now(),
            "hosting of " + ready.reference().id() + " for one lease",
            perHour.map(price -> price.times(hours)),
            Optional.empty()));
  }
}
