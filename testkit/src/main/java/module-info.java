/** For tests: fakes, simulated services, the provider contract, a clock that is set by hand. */
module dev.finetune4j.testkit {
  requires transitive dev.finetune4j;
  requires java.net.http;
  requires java.logging;
  requires transitive org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires org.opentest4j;
  requires static transitive com.tngtech.archunit;
  requires static com.fasterxml.jackson.core;
  requires static com.fasterxml.jackson.databind;
  requires static com.networknt.schema;
  requires static transitive org.jspecify;

  exports dev.finetune4j.testkit;
  exports dev.finetune4j.testkit.architecture;
  exports dev.finetune4j.testkit.evaluation;
  exports dev.finetune4j.testkit.simulator;
  exports dev.finetune4j.testkit.simulator.azure;
  exports dev.finetune4j.testkit.simulator.huggingface;
  exports dev.finetune4j.testkit.simulator.openai;
  exports dev.finetune4j.testkit.specification;
}
