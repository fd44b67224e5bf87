package dev.finetune4j.evaluation;

import dev.finetune4j.dataset.Dataset;
import dev.finetune4j.dataset.Example;
import dev.finetune4j.dataset.Fingerprint;
import java.util.List;
import java.util.stream.Stream;

/** An in-memory data set with a known fingerprint. */
record FixedDataset<E extends Example>(String name, Class<E> exampleType, List<E> content)
    implements Dataset<E> {

  @Override
  public Stream<E> examples() {
    return content.stream();
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public Fingerprint fingerprint() {
    return MeasuredReports.FINGERPRINT;
  }
}
