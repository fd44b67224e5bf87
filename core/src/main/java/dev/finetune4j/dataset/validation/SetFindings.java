package dev.finetune4j.dataset.validation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares examples with one another, in the order of their lines. Not thread-safe. */
final class SetFindings {
  static final String NO_SYSTEM = "missing-system-message";

  private final ValidationSettings<?> settings;
  private final FindingCollector collector;
  private final RepeatFinder repeats;
  private final LeakFinder leaks;
  private boolean unreadable;
  private long examples;
  private long readable;
  private long truncatedExamples;
  private long truncatedTokens;
  private @Nullable String members;
  private long membersLine;

  SetFindings(ValidationSettings<?> settings, LeakFinder leaks) {
    this.settings = settings;
    this.leaks = leaks;
    collector = new FindingCollector(settings.without(), settings.bounds().findingsPerRule());
    repeats = new RepeatFinder(settings.bounds().rememberedExamples(), collector);
  }

  void accept(RecordWorker.CheckedRecord record) {
    record.findings().forEach(collector::add);
    if (record.blank()) {
      return;
    }
    examples++;
    ExampleDigester.Digest digest = record.digest();
    if (digest == null) {
      return;
    }
    readable++;
    repeats.accept(record.line(), digest);
    leaks.check(record.line(), digest, collector);
    tokens(record);
    members(record);
  }

  void unreadable(String rule, ExampleLocation at, String message, String suggestion) {
    unreadable = true;
    collector.add(Severity.ERROR, rule, at, message, suggestion);
  }

  private void tokens(RecordWorker.CheckedRecord record) {
    ValidationSettings.TokenLimit limit = settings.tokenLimit();
    if (limit == null || record.tokens() <= limit.tokens()) {
      return;
    }
    long over = record.tokens() - limit.tokens();
    truncatedExamples++;
    truncatedTokens += over;
    collector.add(
        Severity.WARNING,
        "over-context",
        ExampleLocation.line(record.line()),
        String.format(
            Locale.ROOT,
            "The example has %,d tokens%s, %,d more than the limit of %,d.",
            record.tokens(),
            limit.counter().isExact() ? "" : " (estimated)",
            over,
            limit.tokens()),
        "Shorten it, or its end will be cut off.");
  }

  private void members(RecordWorker.CheckedRecord record) {
    if (record.members() == null) {
      return;
    }
    if (members == null) {
      members = record.members();
      membersLine = record.line();
    } else if (!members.equals(record.members())) {
      collector.add(
          Severity.WARNING,
          "uneven-members",
          ExampleLocation.line(record.line()),
          "The members for graders are "
              + record.members()
              + ", but on line "
              + membersLine
              + " they are "
              + members
              + ".",
          "Give every line the same members.");
    }
  }

  ValidationReport report(String dataset) {
    ValidationSettings.Minimum minimum = settings.minimum();
    if (examples == 0 && !unreadable) {
      collector.add(
          Severity.ERROR,
          "no-examples",
          ExampleLocation.wholeSet(),
          "There are no examples.",
          "Check that this is the right file.");
    } else if (examples < minimum.examples()) {
      collector.add(
          minimum.severity(),
          "too-few-examples",
          ExampleLocation.wholeSet(),
          (examples == 1 ? "There is 1 example" : "There are " + examples + " examples")
              + "; at least "
              + minimum.examples()
              + " are required.",
          "Add examples; 50 to 100 good ones are a common start.");
    }
    if (truncatedExamples > 0) {
      collector.add(
          Severity.WARNING,
          "truncation",
          ExampleLocation.wholeSet(),
          String.format(
              Locale.ROOT,
              "%,d of %,d examples exceed the context, by %,d tokens in total.",
              truncatedExamples,
              readable,
              truncatedTokens),
          "Shorten them, or choose a model with a larger context.");
    }
    if (readable > 0 && collector.count(NO_SYSTEM) >= readable) {
      collector.remove(NO_SYSTEM);
      collector.add(
          Severity.NOTE,
          NO_SYSTEM,
          ExampleLocation.wholeSet(),
          "None of the examples has a system message.",
          "Nothing to do if your requests have none either.");
    }
    repeats.finish();
    return collector.report(dataset, examples);
  }
}
