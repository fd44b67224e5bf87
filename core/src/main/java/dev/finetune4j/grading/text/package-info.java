/** Text similarity: common measures, computed as their reference programs compute them. */
@NullMarked
package dev.finetune4j.grading.text;

import org.jspecify.annotations.NullMarked;
