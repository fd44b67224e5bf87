/**
 * Configurations and results of promptfoo, both ways: read a configuration (also one that OpenAI
 * Evals exported) as data set and graders, write data set, graders and reports for promptfoo.
 */
@NullMarked
package dev.finetune4j.exchange.promptfoo;

import org.jspecify.annotations.NullMarked;
