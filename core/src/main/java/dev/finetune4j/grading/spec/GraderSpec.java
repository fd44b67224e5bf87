package dev.finetune4j.grading.spec;

import dev.finetune4j.chat.Message;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A grader as data: it can be sent away for reinforcement training, stored and compared. Its texts
 * may hold templates: {@code {{item.answer}}} is the reference {@code answer} of the example,
 * {@code {{sample.output_text}}} the model's answer, {@code {{sample.output_json.field}}} a member
 * of it. Sealed; members may be added in a minor version that says so. All are immutable.
 *
 * <p>The kinds and their meaning are those of OpenAI's graders; {@link GraderSpecJson} reads and
 * writes their JSON.
 */
public sealed interface GraderSpec {
  /** The template of the model's whole answer. */
  String ANSWER_TEXT = "{{sample.output_text}}";

  /** Returns the name of the grader, unique within one request. */
  String name();

  /** Returns the template of a reference of the example. */
  static String item(String reference) {
    return "{{item." + reference + "}}";
  }

  /** Returns a grader that passes when the answer equals the reference of that name. */
  static GraderSpec exactMatch(String name, String reference) {
    return new StringCheck(name, ANSWER_TEXT, item(reference), StringOperation.EQUAL);
  }

  /** Returns a grader of the similarity of the answer and the reference with that name. */
  static GraderSpec similarity(String name, String reference, TextMetric metric) {
    return new TextSimilarity(name, ANSWER_TEXT, item(reference), metric, OptionalDouble.empty());
  }

  /**
   * Compares two texts: 1 or 0.
   *
   * @param name the name of the grader
   * @param input the text that is judged
   * @param reference what it is compared with
   * @param operation how
   */
  record StringCheck(String name, String input, String reference, StringOperation operation)
      implements GraderSpec {}

  /**
   * Scores the similarity of two texts, from 0 to 1.
   *
   * @param name the name of the grader
   * @param input the text that is judged
   * @param reference what it is compared with
   * @param metric the measure
   * @param passThreshold the lowest score that passes
   */
  record TextSimilarity(
      String name, String input, String reference, TextMetric metric, OptionalDouble passThreshold)
      implements GraderSpec {}

  /**
   * Lets a model give the score. Each grade costs one request to the judge.
   *
   * @param name the name of the grader
   * @param judge the model that judges
   * @param messages what it is asked
   * @param sampling how its answer is drawn, by the names of the service; often empty
   * @param minimum the lowest score
   * @param maximum the highest score
   * @param passThreshold the lowest score that passes
   */
  record ScoreModel(
      String name,
      String judge,
      List<Message> messages,
      Map<String, Object> sampling,
      double minimum,
      double maximum,
      OptionalDouble passThreshold)
      implements GraderSpec {

    /** Copies the collections. */
    public ScoreModel {
      messages = List.copyOf(messages);
      sampling = Collections.unmodifiableMap(new LinkedHashMap<>(sampling));
    }
  }

  /**
   * Lets a model choose a label: 1 where it is one of the passing ones. Each grade costs one
   * request to the judge. A service may take it for evaluation only.
   *
   * @param name the name of the grader
   * @param judge the model that judges
   * @param messages what it is asked
   * @param labels what it may answer
   * @param passingLabels which of them count as right
   */
  record LabelModel(
      String name,
      String judge,
      List<Message> messages,
      List<String> labels,
      List<String> passingLabels)
      implements GraderSpec {

    /** Copies the lists. */
    public LabelModel {
      messages = List.copyOf(messages);
      labels = List.copyOf(labels);
      passingLabels = List.copyOf(passingLabels);
    }
  }

  /**
   * Runs code of the caller's on the service; this library does not run it.
   *
   * @param name the name of the grader
   * @param source Python with a function {@code grade(sample, item)} that returns a number
   * @param imageTag the environment it runs in; empty lets the service choose
   */
  record PythonCode(String name, String source, Optional<String> imageTag) implements GraderSpec {}

  /**
   * Asks a server of the caller. Available on Azure in private preview only.
   *
   * @param name the name of the grader
   * @param url where the answer is sent
   * @param headers what is sent along, often a secret: never shown by {@link #toString()}
   */
  record Endpoint(String name, String url, Map<String, String> headers) implements GraderSpec {

    /** Copies the map. */
    public Endpoint {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    @Override
    public String toString() {
      return "Endpoint[name=" + name + ", url=" + url + ", headers=" + headers.keySet() + "]";
    }
  }

  /**
   * Several graders in one, their scores put together by a formula.
   *
   * @param name the name of the grader
   * @param graders the parts, by the names that the formula uses
   * @param formula for example {@code 0.7 * exact + 0.3 * style}; knows {@code + - * / ^} and
   *     {@code min max abs floor ceil exp sqrt log}
   */
  record Multi(String name, Map<String, GraderSpec> graders, String formula) implements GraderSpec {

    /** Copies the map, keeping its order. */
    public Multi {
      graders = Collections.unmodifiableMap(new LinkedHashMap<>(graders));
    }
  }

  /**
   * A kind that this version does not know.
   *
   * @param name the name of the grader
   * @param type the service's word for it
   * @param json the whole grader as it came
   */
  record Unrecognized(String name, String type, String json) implements GraderSpec {}
}
