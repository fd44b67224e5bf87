/** Fine-tuning with Hugging Face. */
module dev.finetune4j.huggingface {
  requires transitive dev.finetune4j;
  requires transitive dev.finetune4j.providerkit;
  requires okhttp3;
  requires org.slf4j;
  requires org.yaml.snakeyaml;
  requires static transitive org.jspecify;

  exports dev.finetune4j.huggingface;
  exports dev.finetune4j.huggingface.data;
  exports dev.finetune4j.huggingface.hub;
  exports dev.finetune4j.huggingface.inference;
}
