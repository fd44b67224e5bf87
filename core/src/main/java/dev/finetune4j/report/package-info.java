/**
 * Reports of runs and decisions as self-contained HTML, Markdown and JSON, and of samples as JUnit
 * XML, CSV and JSONL.
 */
@NullMarked
package dev.finetune4j.report;

import org.jspecify.annotations.NullMarked;
