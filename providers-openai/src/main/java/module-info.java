/** Fine-tuning with OpenAI. */
module dev.finetune4j.openai {
  requires transitive dev.finetune4j;
  requires transitive dev.finetune4j.providerkit;
  requires okhttp3;
  requires static transitive org.jspecify;

  exports dev.finetune4j.openai;
}
