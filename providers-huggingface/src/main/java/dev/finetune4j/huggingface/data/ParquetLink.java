package dev.finetune4j.huggingface.data;

import dev.finetune4j.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A Parquet file into which the Hub has converted a data set.
 *
 * @param part the split
 * @param url where it is
 * @param bytes its size
 */
public record ParquetLink(HubSplit part, String url, long bytes) {
  /** The branch that the Hub keeps these files on. */
  static final String BRANCH = "refs/convert/parquet";

  static ParquetLink of(JsonObject json) {
    return new ParquetLink(
        DatasetViewer.split(json), json.requireString("url"), json.requireLong("size"));
  }

  /** Returns its path on the branch. */
  String path() {
    String mark = "/resolve/refs%2fconvert%2fparquet/";
    int at = url.toLowerCase(Locale.ROOT).indexOf(mark);
    if (at < 0) {
      throw new IllegalArgumentException(
          "The Parquet file " + url + " is not on the branch " + BRANCH + "; fetch it by its URL.");
    }
    String path = url.substring(at + mark.length()).replace("+", "%2B");
    return URLDecoder.decode(path, StandardCharsets.UTF_8);
  }
}
