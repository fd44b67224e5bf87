package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.SimulatedRequest;
import dev.finetune4j.simulator.SimulatedResponse;
import dev.finetune4j.simulator.StoredContent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Range requests (RFC 9110, section 14). Stateless. */
final class Ranges {
  private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,18})-.*");
  private static final String BYTES = "application/octet-stream";

  private Ranges() {}

  static SimulatedResponse answer(SimulatedRequest request, StoredContent content) {
    Matcher from = FROM.matcher(request.header("Range").orElse(""));
    if (!from.matches()) {
      return SimulatedResponse.content(200, BYTES, content);
    }
    long start = Long.parseLong(from.group(1));
    if (start >= content.size()) {
      return SimulatedResponse.content(416, "text/plain", StoredContent.of(""))
          .withHeader("Content-Range", "bytes */" + content.size());
    }
    return SimulatedResponse.content(206, BYTES, content.from(start))
        .withHeader(
            "Content-Range", "bytes " + start + "-" + (content.size() - 1) + "/" + content.size());
  }
}
