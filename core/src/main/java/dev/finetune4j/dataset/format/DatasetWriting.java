package dev.finetune4j.dataset.format;

import dev.finetune4j.dataset.DataFileException;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.internal.record.Compression;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a set to a temporary file beside the target, then moves it into place. */
final class DatasetWriting {
  private DatasetWriting() {}

  /** Writes records to a stream in one file format. */
  interface RecordWriter {
    void write(OutputStream out, Iterator<Map<String, @Nullable Object>> records)
        throws IOException;
  }

  static <E extends Example> ConversionReport write(
      Dataset<E> dataset, ExampleCodec<E> codec, Path file, RecordWriter writer) {
    Map<String, Long> lost = new TreeMap<>();
    long[] written = new long[1];
    try (Stream<E> examples = dataset.examples()) {
      Path target = file.toAbsolutePath();
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path partial = target.resolveSibling(target.getFileName() + ".partial");
      try {
        try (OutputStream out =
            new BufferedOutputStream(Compression.create(partial, target.toString()), 1 << 16)) {
          Iterator<Map<String, @Nullable Object>> records =
              examples
                  .map(
                      example -> {
                        written[0]++;
                        codec
                            .lostInWriting(example)
                            .forEach(what -> lost.merge(what, 1L, Long::sum));
                        return codec.toRecord(example);
                      })
                  .iterator();
          writer.write(out, records);
        }
        Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new DataFileException("write", file, e);
    }
    return new ConversionReport(written[0], lost);
  }
}
