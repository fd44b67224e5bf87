import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.format.ExampleCodecs;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.dataset.format.JsonlFile;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.dataset.validation.LeakageCheck;
import dev.finetune4j.providerkit.token.OpenAiTokenCounter;
import dev.finetune4j.token.TokenStatistics;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Reads training data as a run of commit 3947e1c did before it uploaded: fingerprint, validation,
 * leakage check, token statistics, then count and tokens for the estimate. The six readings by the
 * report are left out.
 */
public final class IngestBefore {
  public static void main(String[] arguments) {
    Dataset<ChatExample> training =
        JsonlFile.read(Path.of(arguments[0]), ExampleCodecs.openAiChat());
    Dataset<PromptExample> test =
        JsonlFile.read(Path.of(arguments[1]), ExampleCodecs.openAiChat())
            .map(PromptExample.class, PromptExample::from);
    OpenAiTokenCounter counter = OpenAiTokenCounter.forModel("gpt-4.1-mini");
    long start = System.nanoTime();
    Fingerprint fingerprint = training.fingerprint();
    test.fingerprint();
    DatasetValidator.builder(ChatExample.class)
        .maximumTokens(65_536, counter)
        .build()
        .validate(training);
    LeakageCheck.between(training, test);
    long total = TokenStatistics.measure(training, counter).total();
    training.size();
    try (Stream<ChatExample> examples = training.examples()) {
      if (examples.mapToLong(counter::count).sum() != total) {
        throw new IllegalStateException("The counts differ.");
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(seconds + " " + fingerprint.shortForm() + " " + total);
  }
}
