package dev.finetune4j.local.internal.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.finetune4j.local.internal.adapter.LowRankSettings;
import dev.finetune4j.local.internal.tokenizer.ChatMessage;
import dev.finetune4j.local.internal.trainer.TrainingObserver.StopRequest;
import dev.finetune4j.local.internal.trainer.TrainingResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainerTest {
  private static final LowRankSettings ADAPTER = LowRankSettings.allLinear(4, 8, 0.1);

  @TempDir Path directory;

  @Test
  void theLossFallsAndAnAdapterIsWritten() throws Exception {
    RecordingObserver observer = new RecordingObserver();

    TrainingResult result = train(settings().epochs(8).build(), ADAPTER, observer);

    assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(result.trainingLoss()).isLessThan(0.6 * observer.losses.get(0));
    assertThat(directory.resolve("output")).isDirectoryContaining("glob:**/adapter_config.json");
    assertThat(directory.resolve("output"))
        .isDirectoryContaining("glob:**/adapter_model.safetensors");
  }

  @Test
  void theSameSeedGivesTheSameLossesBitForBit() throws Exception {
    RecordingObserver first = new RecordingObserver();
    RecordingObserver second = new RecordingObserver();
    RecordingObserver otherSeed = new RecordingObserver();

    train(settings().build(), ADAPTER, first);
    train(settings().build(), ADAPTER, second);
    train(settings().seed(2).build(), ADAPTER, otherSeed);

    assertThat(second.losses).isEqualTo(first.losses);
    assertThat(otherSeed.losses).isNotEqualTo(first.losses);
  }

  @Test
  void aPausedTrainingGoesOnAsIfItHadNeverStopped() throws Exception {
    RecordingObserver undisturbed = new RecordingObserver();
    train(settings().build(), ADAPTER, undisturbed);
    RecordingObserver beforePause = new RecordingObserver(5, StopRequest.PAUSE);
    RecordingObserver afterPause = new RecordingObserver();

    Trainer first = trainer(settings().build(), ADAPTER, beforePause);
    TrainingResult paused = first.run();
    TrainingResult resumed = trainer(settings().build(), ADAPTER, afterPause).run();

    assertThat(paused.outcome()).isEqualTo(Outcome.PAUSED);
    assertThat(paused.steps()).isEqualTo(5);
    assertThat(resumed.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(afterPause.losses)
        .isEqualTo(undisturbed.losses.subList(5, undisturbed.losses.size()));
  }

  @Test
  void aTrainingThatDiedGoesOnFromItsLastCheckpoint() throws Exception {
    RecordingObserver undisturbed = new RecordingObserver();
    train(settings().build(), ADAPTER, undisturbed);
    TrainingSettings saving = settings().checkpointInterval(2).build();
    RecordingObserver dying = new RecordingObserver(7, StopRequest.CANCEL);
    RecordingObserver after = new RecordingObserver();

    trainer(saving, ADAPTER, dying).run();
    trainer(saving, ADAPTER, after).run();

    assertThat(dying.checkpoints).hasSize(3);
    assertThat(after.losses).isEqualTo(undisturbed.losses.subList(6, undisturbed.losses.size()));
  }

  @Test
  void aCancelledTrainingWritesNoOutput() throws Exception {
    TrainingResult result =
        train(settings().build(), ADAPTER, new RecordingObserver(3, StopRequest.CANCEL));

    assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(directory.resolve("output")).doesNotExist();
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() throws Exception {
    trainer(settings().build(), ADAPTER, new RecordingObserver(3, StopRequest.PAUSE)).run();

    Trainer other = trainer(settings().seed(9).build(), ADAPTER, new RecordingObserver());

    assertThatThrownBy(other::run)
        .hasMessageContaining("was made with seed 1, and this training has 9");
  }

  @Test
  void trainingStopsWhenValidationNoLongerImproves() throws Exception {
    RecordingObserver observer = new RecordingObserver();
    TrainingSettings settings =
        settings().epochs(40).learningRate(0.05, LearningRateSchedule.CONSTANT).patience(2).build();

    TrainingResult result = train(settings, ADAPTER, observer);

    assertThat(result.outcome()).isEqualTo(Outcome.STOPPED_EARLY);
    assertThat(result.validationLoss().orElseThrow())
        .isEqualTo(
            observer.validationLosses.stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElseThrow());
  }

  @Test
  void allWeightsCanBeTrained() throws Exception {
    RecordingObserver observer = new RecordingObserver();

    TrainingResult result = train(settings().epochs(4).build(), null, observer);

    assertThat(result.trainingLoss()).isLessThan(0.6 * observer.losses.get(0));
    assertThat(directory.resolve("output/model.safetensors")).exists();
    assertThat(directory.resolve("output/tokenizer.json")).exists();
  }

  @Test
  void preferenceTrainingStartsAtLogTwoAndFalls() throws Exception {
    List<Preference> pairs =
        IntStream.range(0, 24)
            .mapToObj(i -> new Preference(List.of(ChatMessage.of("user", "the " + i)), "yes", "no"))
            .toList();
    TrainingSettings settings =
        settings().epochs(6).warmUpShare(0).learningRate(0.01, LearningRateSchedule.LINEAR).build();
    RecordingObserver observer = new RecordingObserver();

    new Trainer(
            spec(
                settings,
                LowRankSettings.allLinear(4, 8, 0),
                new TrainingData.Preferences(pairs, pairs)),
            observer)
        .run();

    assertThat(observer.losses.get(0))
        .isEqualTo(Math.log(2), org.assertj.core.data.Offset.offset(1e-5));
    assertThat(observer.validationLosses.get(5)).isLessThan(0.5);
  }

  private TrainingSettings.Builder settings() {
    return TrainingSettings.builder()
        .epochs(3)
        .batchSize(8)
        .microBatchSize(3)
        .learningRate(0.02, LearningRateSchedule.COSINE)
        .seed(1)
        .workers(2)
        .checkpointInterval(0);
  }

  private TrainingResult train(
      TrainingSettings settings, @Nullable LowRankSettings adapter, TrainingObserver observer)
      throws Exception {
    directory = Files.createTempDirectory(directory, "job");
    return trainer(settings, adapter, observer).run();
  }

  private Trainer trainer(
      TrainingSettings settings, @Nullable LowRankSettings adapter, TrainingObserver observer)
      throws Exception {
    TrainingData data =
        new TrainingData.Conversations(MicroModel.conversations(30), MicroModel.conversations(5));
    return new Trainer(spec(settings, adapter, data), observer);
  }

  private TrainingSpec spec(
      TrainingSettings settings, @Nullable LowRankSettings adapter, TrainingData data)
      throws Exception {
    return new TrainingSpec(
        MicroModel.folder(),
        data,
        settings,
        adapter,
        directory.resolve("checkpoints"),
        directory.resolve("output"));
  }
}
