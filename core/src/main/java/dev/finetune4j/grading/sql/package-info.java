/** A grader that runs SQL answers on a database and compares the rows. */
@NullMarked
package dev.finetune4j.grading.sql;

import org.jspecify.annotations.NullMarked;
