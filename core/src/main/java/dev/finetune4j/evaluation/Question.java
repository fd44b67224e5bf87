package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.inference.ChatRequest;
import java.util.Map;

/**
 * One sample before it is asked.
 *
 * @param key which sample it is
 * @param example what it is about
 * @param request what is asked
 * @param tags what the tags say of the example
 * @param tokens the tokens that it may count for at the service, estimated
 */
record Question(
    SampleKey key,
    PromptExample example,
    ChatRequest request,
    Map<String, String> tags,
    long tokens) {

  /** Starts the sample, with all that is known before it is asked. */
  SampleResult.Builder sample() {
    SampleResult.Builder sample =
        SampleResult.builder(key.index())
            .repetition(key.repetition())
            .prompt(SampleText.prompt(example))
            .reference(SampleText.reference(example));
    tags.forEach(sample::tag);
    return sample;
  }

  /** Returns the sample as one that was not asked, for that reason. */
  SampleResult notAsked(String reason) {
    return sample().notAsked(reason).build();
  }
}
