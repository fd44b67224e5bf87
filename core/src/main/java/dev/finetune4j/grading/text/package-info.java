/** How like two texts are: the measures of the field, computed as their reference programs do. */
@NullMarked
package dev.finetune4j.grading.text;

import org.jspecify.annotations.NullMarked;
