package dev.finetune4j.huggingface.internal.endpoint;

import dev.finetune4j.cost.Money;
import dev.finetune4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A type of machine for endpoints, with the price that the service reports.
 *
 * @param vendor the cloud, {@code aws}
 * @param region the region of that cloud
 * @param accelerator {@code gpu} or {@code cpu} or another word of the service
 * @param type {@code nvidia-a10g}
 * @param size {@code x1}
 * @param isAvailable whether it is available now
 * @param pricePerHour of one replica; empty if the service does not report it
 */
public record Machine(
    String vendor,
    String region,
    String accelerator,
    String type,
    String size,
    boolean isAvailable,
    Optional<Money> pricePerHour) {

  static List<Machine> all(JsonObject answer) {
    List<Machine> machines = new ArrayList<>();
    for (JsonObject vendor : answer.objects("vendors")) {
      for (JsonObject region : vendor.objects("regions")) {
        for (JsonObject compute : region.objects("computes")) {
          machines.add(of(vendor, region, compute));
        }
      }
    }
    return machines;
  }

  private static Machine of(JsonObject vendor, JsonObject region, JsonObject compute) {
    return new Machine(
        vendor.requireString("name"),
        region.requireString("name"),
        compute.requireString("accelerator"),
        compute.requireString("instanceType"),
        compute.requireString("instanceSize"),
        compute.findString("status").orElse("").equals("available"),
        compute.findDecimal("pricePerHour").map(Money::dollars));
  }

  /** Returns its name in a capacity, {@code nvidia-a10g-x1}. */
  public String instance() {
    return type + "-" + size;
  }
}
