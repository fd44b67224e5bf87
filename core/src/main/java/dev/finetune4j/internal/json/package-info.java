/**
 * JSON for the rest of the library: a facade over Moshi that shows no Moshi type and knows no
 * domain type. Not API.
 */
@NullMarked
package dev.finetune4j.internal.json;

import org.jspecify.annotations.NullMarked;
