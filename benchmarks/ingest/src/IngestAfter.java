import dev.finetune4j.dataset.ChatExample;
import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.format.Datasets;
import dev.finetune4j.dataset.validation.DatasetProfile;
import dev.finetune4j.dataset.validation.DatasetProfile.Options;
import dev.finetune4j.dataset.validation.DatasetProfile.PromptIndex;
import dev.finetune4j.dataset.validation.DatasetValidator;
import dev.finetune4j.providerkit.token.OpenAiTokenCounter;
import java.nio.file.Path;

/** Reads training data as a run does now: one profile, with tokens, against the test data. */
public final class IngestAfter {
  public static void main(String[] arguments) {
    Dataset<ChatExample> training = Datasets.openAiChat(Path.of(arguments[0]));
    Dataset<PromptExample> test =
        Datasets.openAiChat(Path.of(arguments[1])).map(PromptExample.class, PromptExample::from);
    OpenAiTokenCounter counter = OpenAiTokenCounter.forModel("gpt-4.1-mini");
    long start = System.nanoTime();
    PromptIndex prompts = new PromptIndex(test.name());
    DatasetValidator.builder(PromptExample.class)
        .build()
        .profile(test, Options.none().into(prompts));
    DatasetProfile profile =
        DatasetValidator.builder(ChatExample.class)
            .maximumTokens(65_536, counter)
            .build()
            .profile(training, Options.none().counting(counter).against(prompts));
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(seconds + " " + profile.fingerprint().shortForm() + " " + profile.tokens().total());
  }
}
