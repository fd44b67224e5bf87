package dev.finetune4j.local.internal.decoder;

import org.jspecify.annotations.Nullable;

/**
 * How positions are turned into angles. Immutable.
 *
 * @param theta the base of the frequencies
 * @param maximumPositions the longest sequence, in tokens
 * @param scaling Llama 3's stretching of long wavelengths; null for none
 */
public record RotarySettings(double theta, int maximumPositions, @Nullable Llama3Scaling scaling) {

  /**
   * Stretches slow frequencies by {@code factor}, leaves fast ones, and blends in between.
   *
   * @param factor how much longer the context became
   * @param lowFrequencyFactor where stretching is complete: wavelengths above the original context
   *     divided by this
   * @param highFrequencyFactor where it begins
   * @param originalPositions the context before
   */
  public record Llama3Scaling(
      double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions) {
    double scale(double frequency) {
      double wavelength = 2 * Math.PI / frequency;
      if (wavelength < originalPositions / highFrequencyFactor) {
        return frequency;
      }
      if (wavelength > originalPositions / lowFrequencyFactor) {
        return frequency / factor;
      }
      double blend =
          (originalPositions / wavelength - lowFrequencyFactor)
              / (highFrequencyFactor - lowFrequencyFactor);
      return (1 - blend) * frequency / factor + blend * frequency;
    }
  }

  double frequency(int pair, int headDimension) {
    double frequency = Math.pow(theta, -2.0 * pair / headDimension);
    return scaling == null ? frequency : scaling.scale(frequency);
  }
}
