package dev.finetune4j.local.internal.trainer;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parity with answers that golden.py wrote once; GoldenParityPythonTest asks it afresh. */
final class GoldenParityTest {
  @ParameterizedTest
  @ValueSource(strings = {"tied", "stretched", "sharded"})
  void logitsEqualTheReference(String variant) throws Exception {
    checks(variant).logitsAgree();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tied", "stretched", "sharded"})
  void logitsWithAPeftAdapterEqualTheReference(String variant) throws Exception {
    checks(variant).logitsWithAdapterAgree();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tied", "stretched", "sharded"})
  void lossOnTrainedTokensEqualsTheReference(String variant) throws Exception {
    checks(variant).lossAgrees();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void oneAdapterStepEqualsTheReferenceWithAnyNumberOfWorkers(int workers) throws Exception {
    checks("tied").oneAdapterStepAgrees(workers);
  }

  @Test
  void oneStepOfAllWeightsEqualsTheReference() throws Exception {
    checks("tied").oneFullStepAgrees();
  }

  @Test
  void preferenceLossEqualsTheReference() throws Exception {
    checks("tied").preferenceLossAgrees();
  }

  @Test
  void chatTemplateEqualsTheReference() throws Exception {
    checks("tied").chatTemplateAgrees();
  }

  private static ParityChecks checks(String variant) throws IOException, URISyntaxException {
    var resource = GoldenParityTest.class.getResource("/golden/" + variant);
    return new ParityChecks(Path.of(Objects.requireNonNull(resource).toURI()));
  }
}
