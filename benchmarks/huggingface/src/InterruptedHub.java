import dev.finetune4j.huggingface.hub.HubFile;
import dev.finetune4j.huggingface.hub.HuggingFaceHub;
import dev.finetune4j.huggingface.hub.RepositoryId;
import dev.finetune4j.simulator.huggingface.SimulatedHub;
import dev.finetune4j.simulator.huggingface.StoredPart;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * A simulated Hub that hashes uploads without storing them. When its input ends, it compares the
 * hashes with the files in the folder: InterruptedHub FOLDER.
 */
public final class InterruptedHub {
  private static final int PART_BYTES = 32_000_000;

  private InterruptedHub() {}

  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[0]);
    try (SimulatedHub hub =
        SimulatedHub.builder().discardingLargeFiles().partBytes(PART_BYTES).start()) {
      write(work.resolve("arrived"), "0");
      write(work.resolve("endpoint"), hub.endpoint().toString());
      Thread reporter = new Thread(() -> report(hub, work.resolve("arrived")));
      reporter.setDaemon(true);
      reporter.start();
      while (System.in.read() >= 0) {
        // Waits for the end of the input.
      }
      System.out.printf(
          "%,d bytes arrived, %d files stored whole, %d commit%n",
          hub.bytesStored(), hub.largeFilesStored(), hub.commits());
      compare(hub, work.resolve("data"));
    }
    System.exit(0);
  }

  private static void compare(SimulatedHub hub, Path folder) throws Exception {
    try (HuggingFaceHub client =
        HuggingFaceHub.builder().endpoint(hub.endpoint()).token(hub.token()).build()) {
      List<HubFile> files =
          client.repository(RepositoryId.dataset("simulated/large")).files("main").stream()
              .filter(file -> file.sha256().isPresent())
              .toList();
      for (HubFile file : files) {
        compare(hub, file, folder.resolve(file.path()));
      }
      if (files.size() != 3) {
        throw new IllegalStateException("There are " + files.size() + " files instead of 3.");
      }
    }
  }

  private static void compare(SimulatedHub hub, HubFile file, Path source) throws Exception {
    MessageDigest whole = MessageDigest.getInstance("SHA-256");
    try (InputStream in = Files.newInputStream(source)) {
      for (StoredPart part : hub.partsOf(file.sha256().orElseThrow())) {
        byte[] bytes = in.readNBytes((int) part.bytes());
        whole.update(bytes);
        String own = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        if (!own.equals(part.sha256())) {
          throw new IllegalStateException("A part of " + source + " arrived with other bytes.");
        }
      }
      if (in.read() >= 0 || !HexFormat.of().formatHex(whole.digest()).equals(file.contentId())) {
        throw new IllegalStateException(source + " is not what was committed.");
      }
    }
    System.out.println("correct: " + source.getFileName() + ", " + file.bytes() + " bytes");
  }

  private static void report(SimulatedHub hub, Path file) {
    try {
      while (true) {
        write(file, String.valueOf(hub.bytesStored()));
        Thread.sleep(100);
      }
    } catch (Exception ended) {
      // The folder was deleted, so there is no reader left.
    }
  }

  private static void write(Path file, String text) throws Exception {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
