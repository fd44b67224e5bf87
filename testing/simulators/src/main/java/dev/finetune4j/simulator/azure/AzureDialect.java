package dev.finetune4j.simulator.azure;

import dev.finetune4j.simulator.openai.Dialect;
import java.util.Locale;

/** Where Azure differs from OpenAI (reference: "OpenAI vs Azure, member by member"). */
final class AzureDialect implements Dialect {

  @Override
  public int fileCreatedStatus() {
    return 201;
  }

  @Override
  public int jobCreatedStatus() {
    return 201;
  }

  @Override
  public String freshFileWord() {
    return "pending";
  }

  @Override
  public String validatingWord() {
    return "pending";
  }

  @Override
  public String queuedWord() {
    return "pending";
  }

  @Override
  public Object automatic() {
    return -1L;
  }

  @Override
  public String suffixMember() {
    return "suffix";
  }

  @Override
  public boolean keepsMetadata() {
    return false;
  }

  @Override
  public boolean wrapsResults() {
    return false;
  }

  @Override
  public String warningLevel() {
    return "warning";
  }

  @Override
  public String modelName(String base, String organization, String suffix, String id) {
    String hex = Integer.toHexString(id.hashCode()).toLowerCase(Locale.ROOT);
    String root = base.split("\\.ft-", 2)[0];
    return root + ".ft-" + hex + (suffix.isEmpty() ? "" : "-" + suffix);
  }
}
