/** Contracts that every provider, journal and lease registry must pass. */
module dev.finetune4j.tck {
  requires transitive dev.finetune4j;
  requires transitive dev.finetune4j.testkit;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports dev.finetune4j.tck;
}
