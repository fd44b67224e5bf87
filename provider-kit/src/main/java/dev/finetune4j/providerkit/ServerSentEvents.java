package dev.finetune4j.providerkit;

import java.io.IOException;
import java.util.function.Consumer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Reads an event stream (WHATWG HTML standard). Only the data of each event is used. Stateless. */
final class ServerSentEvents {
  private static final String END = "[DONE]";

  private ServerSentEvents() {}

  static void read(BufferedSource source, Consumer<String> onData) throws IOException {
    StringBuilder data = new StringBuilder();
    boolean any = false;
    for (@Nullable String line = source.readUtf8Line();
        line != null;
        line = source.readUtf8Line()) {
      if (line.isEmpty()) {
        if (any && END.contentEquals(data)) {
          return;
        } else if (any) {
          onData.accept(data.toString());
        }
        data.setLength(0);
        any = false;
      } else if (line.startsWith("data:")) {
        data.append(any ? "\n" : "").append(line, line.startsWith("data: ") ? 6 : 5, line.length());
        any = true;
      }
    }
    if (any && !END.contentEquals(data)) {
      onData.accept(data.toString());
    }
  }
}
