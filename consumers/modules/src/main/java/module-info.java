/** An application on the module path; its provider's module brings the rest. */
module com.example.modules {
  requires dev.finetune4j.openai;
}
