/**
 * Fine-tuning with Azure OpenAI (Microsoft Foundry): OpenAI's dialect on the data plane, and
 * deployments through Azure Resource Manager, which requires its own credential and bills by the
 * hour. Facts about the service are from its documents as of 2026-11-22.
 */
@NullMarked
package dev.finetune4j.azure;

import org.jspecify.annotations.NullMarked;
