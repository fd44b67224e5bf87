/** The embedded provider: trains and serves small models in child processes. */
module dev.finetune4j.local {
  requires transitive dev.finetune4j;
  requires transitive dev.finetune4j.providerkit;
  requires jdk.httpserver;
  requires ai.djl.tokenizers;
  requires okhttp3;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.pytorch;
  requires static transitive org.jspecify;

  exports dev.finetune4j.local;
}
