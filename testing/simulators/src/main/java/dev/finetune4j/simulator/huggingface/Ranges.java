package dev.finetune4j.simulator.huggingface;

import dev.finetune4j.simulator.Answer;
import dev.finetune4j.simulator.Content;
import dev.finetune4j.simulator.SimulatedRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Content from where the client wants it on (RFC 9110, section 14). Stateless. */
final class Ranges {
  private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,18})-.*");
  private static final String BYTES = "application/octet-stream";

  private Ranges() {}

  static Answer answer(SimulatedRequest request, Content content) {
    Matcher from = FROM.matcher(request.header("Range").orElse(""));
    if (!from.matches()) {
      return Answer.content(200, BYTES, content);
    }
    long start = Long.parseLong(from.group(1));
    if (start >= content.size()) {
      return Answer.content(416, "text/plain", Content.of(""))
          .withHeader("Content-Range", "bytes */" + content.size());
    }
    return Answer.content(206, BYTES, content.from(start))
        .withHeader(
            "Content-Range", "bytes " + start + "-" + (content.size() - 1) + "/" + content.size());
  }
}
