/** The data of the support bot: fourteen answers of a bicycle rental to learn, ten to be asked. */
@NullMarked
package dev.finetune4j.examples.support;

import org.jspecify.annotations.NullMarked;
