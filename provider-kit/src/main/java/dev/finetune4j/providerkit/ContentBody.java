package dev.finetune4j.providerkit;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Streams a content into a request, in constant memory. Thread-safe. */
final class ContentBody extends RequestBody {
  private static final int BLOCK_BYTES = 64 << 10;

  private final RequestContent content;
  private final MediaType type;
  private final TransferListener listener;

  ContentBody(RequestContent content, MediaType type, TransferListener listener) {
    this.content = content;
    this.type = type;
    this.listener = listener;
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return content.length();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    long[] sent = new long[1];
    content.readInto(
        (block, count) -> {
          sink.write(block, 0, count);
          sent[0] += count;
          listener.moved(sent[0], content.length());
        },
        BLOCK_BYTES);
  }
}
