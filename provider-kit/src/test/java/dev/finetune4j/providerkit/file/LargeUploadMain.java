package dev.finetune4j.providerkit.file;

import dev.finetune4j.ProviderId;
import dev.finetune4j.Time;
import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.providerkit.HttpTransport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * A program that uploads generated training data of a size and prints how fast and in how much
 * memory: {@code URL BYTES}.
 */
public final class LargeUploadMain {
  private static final String WORDS = "flour sugar butter eggs milk salt yeast vanilla ".repeat(40);

  private LargeUploadMain() {}

  /** Uploads and prints. */
  public static void main(String[] arguments) throws IOException {
    long bytes = Long.parseLong(arguments[1]);
    long line = ExampleCodecs.openAiChat().encode(example(0)).length() + 1L;
    Dataset<ChatExample> data = new Generated(bytes / line);
    AtomicLong begin = new AtomicLong();
    AtomicLong sent = new AtomicLong();
    long start = System.nanoTime();
    try (HttpTransport transport =
        HttpTransport.builder(new ProviderId("openai"), HttpUrl.get(arguments[0])).build()) {
      FileOperations files = new FileOperations(transport, FileSettings.standard(), Time.system());
      StoredFile stored =
          TrainingFiles.of(files)
              .progress(
                  (moved, total) -> {
                    begin.compareAndSet(0, System.nanoTime());
                    sent.accumulateAndGet(moved, Math::max);
                  })
              .uploadIfAbsent(data, ExampleCodecs.openAiChat());
      long end = System.nanoTime();
      System.out.printf(
          "%s: %.0f MB; written in %.1f s, sent in %.1f s = %.0f MB/s%n",
          stored.id().equals("file-2") && bytes > 512_000_000 ? "in parts" : "in one request",
          sent.get() / 1e6,
          (begin.get() - start) / 1e9,
          (end - begin.get()) / 1e9,
          sent.get() / 1e6 / ((end - begin.get()) / 1e9));
    }
    System.out.printf(
        "largest heap %.1f MB of %.0f MB allowed; resident at most %s%n",
        peakHeap() / 1e6, Runtime.getRuntime().maxMemory() / 1e6, resident());
  }

  private static ChatExample example(long number) {
    return ChatExample.of(
        Message.user("Recipe number %09d".formatted(number)), Message.assistant(WORDS));
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("unknown");
    }
  }

  /** So many examples, made when they are read. */
  private record Generated(long size) implements Dataset<ChatExample> {

    @Override
    public String name() {
      return "generated";
    }

    @Override
    public Class<ChatExample> exampleType() {
      return ChatExample.class;
    }

    @Override
    public Stream<ChatExample> examples() {
      return LongStream.range(0, size).mapToObj(LargeUploadMain::example);
    }

    @Override
    public Fingerprint fingerprint() {
      return Fingerprint.of(this);
    }
  }
}
