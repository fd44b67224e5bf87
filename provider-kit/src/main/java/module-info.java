/** For authors of providers: HTTP, the OpenAI dialect, jobs that are child processes. */
module dev.finetune4j.providerkit {
  requires transitive dev.finetune4j;
  requires transitive okhttp3;
  requires okio;
  requires kotlin.stdlib;
  requires io.github.resilience4j.core;
  requires transitive io.github.resilience4j.circuitbreaker;
  requires transitive io.github.resilience4j.ratelimiter;
  requires transitive io.github.resilience4j.retry;
  requires jtokkit;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.finetune4j.providerkit;
  exports dev.finetune4j.providerkit.batch;
  exports dev.finetune4j.providerkit.catalog;
  exports dev.finetune4j.providerkit.chat;
  exports dev.finetune4j.providerkit.deployment;
  exports dev.finetune4j.providerkit.file;
  exports dev.finetune4j.providerkit.grader;
  exports dev.finetune4j.providerkit.job;
  exports dev.finetune4j.providerkit.oauth;
  exports dev.finetune4j.providerkit.process;
  exports dev.finetune4j.providerkit.token;
  exports dev.finetune4j.providerkit.webhook;
}
