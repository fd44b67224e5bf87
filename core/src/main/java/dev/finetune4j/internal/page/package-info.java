/**
 * Pages of content blocks and accessible SVG charts, written as HTML or Markdown with everything
 * escaped. Independent of domain types. Not API.
 */
@NullMarked
package dev.finetune4j.internal.page;

import org.jspecify.annotations.NullMarked;
