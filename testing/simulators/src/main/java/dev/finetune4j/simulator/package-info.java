/**
 * Common parts of the simulated services: a small HTTP server on loopback, routes, faults, pages,
 * stored contents and recorded exchanges. Each service has a sub-package.
 */
@NullMarked
package dev.finetune4j.simulator;

import org.jspecify.annotations.NullMarked;
