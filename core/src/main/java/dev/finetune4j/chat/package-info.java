/**
 * What a conversation is: messages, the parts of their content, and calls of tools. Neutral: no
 * provider's words.
 */
@NullMarked
package dev.finetune4j.chat;

import org.jspecify.annotations.NullMarked;
