/** Evaluations from and for other tools: promptfoo, and what OpenAI Evals exports. */
module dev.finetune4j.exchange {
  requires transitive dev.finetune4j;
  requires org.apache.commons.csv;
  requires org.snakeyaml.engine;
  requires static transitive org.jspecify;

  exports dev.finetune4j.exchange;
  exports dev.finetune4j.exchange.openaievals;
  exports dev.finetune4j.exchange.promptfoo;
}
