/** BM25 over a corpus, and sentence embeddings without a network. */
module dev.finetune4j.retrieval {
  requires transitive dev.finetune4j;
  requires org.apache.lucene.core;
  requires static ai.djl.tokenizers;
  requires static com.microsoft.onnxruntime;
  requires static transitive org.jspecify;

  exports dev.finetune4j.retrieval;
}
