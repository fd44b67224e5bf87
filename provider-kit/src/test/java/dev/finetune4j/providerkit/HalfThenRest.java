package dev.finetune4j.providerkit;

import java.util.Arrays;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/** Serves some bytes: the first time only half of them, and whatever range is asked for. */
final class HalfThenRest extends Dispatcher {
  private final byte[] content;
  private boolean cutOnce;

  HalfThenRest(byte[] content) {
    this.content = content;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String range = request.getHeaders().get("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    boolean cut = !cutOnce;
    cutOnce = true;
    int to = cut ? content.length / 2 : content.length;
    MockResponse.Builder answer =
        new MockResponse.Builder()
            .code(from == 0 ? 200 : 206)
            .body(new Buffer().write(Arrays.copyOfRange(content, from, to)))
            .setHeader("ETag", "\"v1\"");
    if (from > 0) {
      answer.setHeader(
          "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    if (cut) {
      // It promises more than it sends, and then hangs up.
      answer
          .setHeader("Content-Length", content.length)
          .onResponseEnd(mockwebserver3.SocketEffect.ShutdownConnection.INSTANCE);
    }
    return answer.build();
  }
}
