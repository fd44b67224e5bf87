/**
 * One page about a run that a manager reads: self-contained HTML, and the same as Markdown and
 * JSON.
 */
@NullMarked
package dev.finetune4j.report;

import org.jspecify.annotations.NullMarked;
