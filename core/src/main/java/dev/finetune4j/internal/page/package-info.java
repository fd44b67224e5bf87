/**
 * Pages written by hand: blocks of content, charts as SVG with accessible text, and their forms in
 * HTML and Markdown with everything escaped. Knows no domain type. Not API.
 */
@NullMarked
package dev.finetune4j.internal.page;

import org.jspecify.annotations.NullMarked;
