/** Local servers that answer as the services of model providers do. */
module dev.finetune4j.simulator {
  requires transitive dev.finetune4j;
  requires java.net.http;
  requires static transitive org.jspecify;

  exports dev.finetune4j.simulator;
  exports dev.finetune4j.simulator.azure;
  exports dev.finetune4j.simulator.huggingface;
  exports dev.finetune4j.simulator.openai;
}
