/** Fine-tuning with Azure OpenAI. */
module dev.finetune4j.azure {
  requires transitive dev.finetune4j;
  requires transitive dev.finetune4j.providerkit;
  requires okhttp3;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.finetune4j.azure;

  // core reads the catalog file in the provider's package.
  opens dev.finetune4j.azure to
      dev.finetune4j;
}
