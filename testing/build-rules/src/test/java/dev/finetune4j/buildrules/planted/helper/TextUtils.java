package dev.finetune4j.buildrules.planted.helper;

import java.util.logging.Logger;

/** A bad name in a bad package that logs and prints in bad ways. */
final class TextUtils {
  private static final Logger LOGGER = Logger.getLogger("bad");

  private TextUtils() {}

  static void print(String text) {
    LOGGER.info(text);
    System.out.println(text);
  }
}
