package dev.finetune4j.dataset.validation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import dev.finetune4j.token.TokenCounter;
import dev.finetune4j.token.TokenStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one reading of a data set yields: size, fingerprint, tokens, findings, and
 * prompts shared with held-out sets. Made by {@link DatasetValidator#profile}. Immutable and
 * thread-safe.
 *
 * @param dataset the name of the set
 * @param examples how many examples could be read
 * @param bytes the size of their content as JSON lines, in bytes
 * @param fingerprint the fingerprint of the examples that could be read; that of the set if all
 *     could
 * @param tokens the tokens of the examples; zero if they were not counted
 * @param trainedTokens the tokens of one epoch, each example cut to {@link Options#maximumTokens}
 * @param validation the findings
 * @param leakage the prompts that also appear in held-out sets, one report for each set
 */
public record DatasetProfile(
    String dataset,
    long examples,
    long bytes,
    Fingerprint fingerprint,
    TokenStatistics tokens,
    long trainedTokens,
    ValidationReport validation,
    List<ValidationReport> leakage) {

  /** Copies the list. */
  public DatasetProfile {
    leakage = List.copyOf(leakage);
  }

  /** Returns this profile with other findings. */
  public DatasetProfile withValidation(ValidationReport report) {
    return new DatasetProfile(
        dataset, examples, bytes, fingerprint, tokens, trainedTokens, report, leakage);
  }

  /**
   * Returns the set that was profiled, with its size and fingerprint known. Its stream compares the
   * content with the profile while it is read to the end.
   *
   * @param set the set that was profiled
   * @throws IllegalStateException at the end of a stream, if the content has changed
   */
  public <E extends Example> Dataset<E> known(Dataset<E> set) {
    return new KnownDataset<>(set, this);
  }

  /**
   * What to measure beside the content. Immutable; as thread-safe as its counter.
   *
   * @param counter counts tokens, unless the validator limits them and brings its own counter; null
   *     counts none
   * @param maximumTokens the tokens after which training cuts an example, at least 1
   * @param heldOut the prompts to look for, for example those of the test data
   * @param index where the prompts of this set are collected, null if they are not
   */
  public record Options(
      @Nullable TokenCounter counter,
      long maximumTokens,
      List<PromptIndex> heldOut,
      @Nullable PromptIndex index) {

    /** Checks the limit and copies the list. */
    public Options {
      if (maximumTokens < 1) {
        throw new IllegalArgumentException(
            "maximumTokens must be at least 1, was " + maximumTokens + ".");
      }
      heldOut = List.copyOf(heldOut);
    }

    /** Returns options that measure only the content. */
    public static Options none() {
      return new Options(null, Long.MAX_VALUE, List.of(), null);
    }

    /** Returns these options with tokens counted. */
    public Options counting(TokenCounter tokenCounter) {
      return new Options(tokenCounter, maximumTokens, heldOut, index);
    }

    /** Returns these options for training that cuts each example after {@code tokens}. */
    public Options cutAt(long tokens) {
      return new Options(counter, tokens, heldOut, index);
    }

    /** Returns these options with a report of the prompts that are also in {@code prompts}. */
    public Options against(PromptIndex prompts) {
      List<PromptIndex> all = new ArrayList<>(heldOut);
      all.add(prompts);
      return new Options(counter, maximumTokens, all, index);
    }

    /** Returns these options with the prompts of the set added to {@code prompts}. */
    public Options into(PromptIndex prompts) {
      return new Options(counter, maximumTokens, heldOut, prompts);
    }

    boolean comparesPrompts() {
      return index != null || !heldOut.isEmpty();
    }
  }

  /**
   * The prompts of one set as numbers, by which another set is searched for them: 1,048,576 prompts
   * at most. Not thread-safe: fill it with one profile, then use it in others.
   */
  public static final class PromptIndex {
    private final String dataset;
    private final LeakFinder prompts;

    /** Creates an empty index for a set of this name. */
    public PromptIndex(String dataset) {
      this.dataset = dataset;
      prompts = new LeakFinder(LeakageCheck.REMEMBERED, List.of(dataset));
    }
  }

  /** Collects a profile, block by block. Not thread-safe. */
  static final class Collector {
    private final String dataset;
    private final Options options;
    private final @Nullable TokenCounter counter;
    private final Fingerprint.Builder fingerprint = new Fingerprint.Builder();
    private final TokenStatistics.Builder tokens = new TokenStatistics.Builder();
    private final List<FindingCollector> leaks = new ArrayList<>();
    private long examples;
    private long bytes;
    private long trainedTokens;

    Collector(String dataset, Options options, ValidationSettings<?> settings) {
      this.dataset = dataset;
      this.options = options;
      counter = settings.counter(options);
      for (int i = 0; i < options.heldOut().size(); i++) {
        leaks.add(new FindingCollector(Set.of(), settings.bounds().findingsPerRule()));
      }
    }

    void accept(RecordWorker.CheckedBlock block) {
      fingerprint.addLines(block.canonicalLines());
      bytes += block.canonicalLines().length;
      for (RecordWorker.CheckedRecord record : block.records()) {
        ExampleDigester.Digest digest = record.digest();
        if (digest != null) {
          accept(record, digest);
        }
      }
    }

    private void accept(RecordWorker.CheckedRecord record, ExampleDigester.Digest digest) {
      examples++;
      if (counter != null) {
        tokens.add(record.tokens(), record.margin());
        trainedTokens += Math.min(options.maximumTokens(), record.tokens());
      }
      PromptIndex index = options.index();
      if (index != null) {
        index.prompts.remember(digest);
      }
      for (int i = 0; i < leaks.size(); i++) {
        options.heldOut().get(i).prompts.check(record.line(), digest, leaks.get(i));
      }
    }

    DatasetProfile profile(ValidationReport validation) {
      List<ValidationReport> leakage = new ArrayList<>();
      for (int i = 0; i < leaks.size(); i++) {
        String name = dataset + " against " + options.heldOut().get(i).dataset;
        leakage.add(leaks.get(i).report(name, examples));
      }
      return new DatasetProfile(
          dataset,
          examples,
          bytes,
          fingerprint.build(),
          tokens.build(counter != null && counter.isExact()),
          trainedTokens,
          validation,
          leakage);
    }
  }

  /** A set whose size and fingerprint are known. */
  private record KnownDataset<E extends Example>(Dataset<E> set, DatasetProfile profile)
      implements Dataset<E> {

    @Override
    public String name() {
      return set.name();
    }

    @Override
    public Class<E> exampleType() {
      return set.exampleType();
    }

    @Override
    public Stream<E> examples() {
      Fingerprint.Builder seen = new Fingerprint.Builder();
      Stream<E> end =
          Stream.of(seen)
              .flatMap(
                  builder -> {
                    requireUnchanged(builder.build());
                    return Stream.empty();
                  });
      return Stream.concat(set.examples().peek(seen::add), end);
    }

    private void requireUnchanged(Fingerprint now) {
      if (!now.equals(profile.fingerprint())) {
        throw new IllegalStateException(
            "The data set \""
                + name()
                + "\" has changed since it was checked: its fingerprint was "
                + profile.fingerprint().shortForm()
                + " and is now "
                + now.shortForm()
                + ". Restore it, or start again with the new data.");
      }
    }

    @Override
    public long size() {
      return profile.examples();
    }

    @Override
    public Fingerprint fingerprint() {
      return profile.fingerprint();
    }
  }
}
