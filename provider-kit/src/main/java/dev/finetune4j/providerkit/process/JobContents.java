package dev.finetune4j.providerkit.process;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the files of a new job folder: {@code request.json} and the data of the child. */
@FunctionalInterface
public interface JobContents {

  /**
   * Writes the files into {@code directory}, which is empty, is used by no other thread, and gets
   * its final name afterwards: paths in the request must be relative to it.
   *
   * @throws IOException if the disk is full or may not be written
   */
  void writeTo(Path directory) throws IOException;
}
