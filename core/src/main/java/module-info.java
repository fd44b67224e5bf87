/** The model, the interfaces that providers implement, and the orchestration of a run. */
@SuppressWarnings("module") // The modules that share the JSON reader are compiled later.
module dev.finetune4j {
  requires transitive java.sql;
  requires java.xml;
  requires com.squareup.moshi;
  requires okio;
  requires kotlin.stdlib;
  requires org.apache.commons.csv;
  requires org.apache.commons.statistics.distribution;
  requires org.apache.commons.statistics.inference;
  requires org.slf4j;
  requires static com.networknt.schema;
  requires static transitive org.jspecify;

  exports dev.finetune4j;
  exports dev.finetune4j.baseline;
  exports dev.finetune4j.catalog;
  exports dev.finetune4j.chat;
  exports dev.finetune4j.cost;
  exports dev.finetune4j.dataset;
  exports dev.finetune4j.dataset.format;
  exports dev.finetune4j.dataset.validation;
  exports dev.finetune4j.decision;
  exports dev.finetune4j.deployment;
  exports dev.finetune4j.error;
  exports dev.finetune4j.evaluation;
  exports dev.finetune4j.evaluation.agreement;
  exports dev.finetune4j.grading;
  exports dev.finetune4j.grading.judge;
  exports dev.finetune4j.grading.spec;
  exports dev.finetune4j.grading.sql;
  exports dev.finetune4j.grading.text;
  exports dev.finetune4j.inference;
  exports dev.finetune4j.job;
  exports dev.finetune4j.json;
  exports dev.finetune4j.provider;
  exports dev.finetune4j.report;
  exports dev.finetune4j.statistics;
  exports dev.finetune4j.storage;
  exports dev.finetune4j.token;
  exports dev.finetune4j.training;
  exports dev.finetune4j.tuner;
  exports dev.finetune4j.workflow;
  exports dev.finetune4j.workflow.journal;
}
