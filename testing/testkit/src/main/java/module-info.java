/** Fakes, a manual clock and a regression gate, for tests. */
module dev.finetune4j.testkit {
  requires transitive dev.finetune4j;
  requires transitive org.junit.jupiter.api;
  requires org.opentest4j;
  requires static transitive org.jspecify;

  exports dev.finetune4j.testkit;
  exports dev.finetune4j.testkit.evaluation;
}
