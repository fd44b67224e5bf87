/**
 * A simulated Azure OpenAI on loopback: both faces of the data plane over the parts of the
 * simulated OpenAI, the resource manager with its own credential, and the service that gives out
 * tokens.
 */
@NullMarked
package dev.finetune4j.simulator.azure;

import org.jspecify.annotations.NullMarked;
