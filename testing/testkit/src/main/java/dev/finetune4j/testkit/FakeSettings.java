package dev.finetune4j.testkit;

import dev.finetune4j.ModelReference;
import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.catalog.ModelCatalog;
import dev.finetune4j.cost.Money;
import dev.finetune4j.dataset.validation.Finding;
import dev.finetune4j.error.UnsupportedCapabilityException;
import dev.finetune4j.inference.ChatModel;
import dev.finetune4j.provider.Capability;
import dev.finetune4j.training.FineTuningRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How one fake provider behaves; what its builder collected. */
final class FakeSettings {
  final ProviderId id;
  final Time time;
  final Set<Capability> capabilities;
  final Function<FineTuningRequest, JobScenario> courses;
  final Map<String, ChatModel> models;
  final List<Finding> findings;
  final int eventPageSize;
  final int jobPageSize;
  final Duration deploymentTakes;
  final Duration deletionTakes;
  final Money pricePerHour;
  final ModelCatalog catalog;

  FakeSettings(FakeProvider.Builder builder) {
    id = builder.id;
    time = builder.time;
    capabilities = EnumSet.copyOf(builder.capabilities);
    courses = builder.courses;
    models = Map.copyOf(builder.models);
    findings = List.copyOf(builder.findings);
    eventPageSize = builder.eventPageSize;
    jobPageSize = builder.jobPageSize;
    deploymentTakes = builder.deploymentTakes;
    deletionTakes = builder.deletionTakes;
    pricePerHour = builder.pricePerHour;
    catalog = ModelCatalog.of(id, LocalDate.ofInstant(time.now(), ZoneOffset.UTC), builder.catalog);
  }

  void require(Capability capability, String cure) {
    if (!capabilities.contains(capability)) {
      throw new UnsupportedCapabilityException(id, capability.name(), cure);
    }
  }

  ModelReference model(String name) {
    return new ModelReference(id, name);
  }
}
