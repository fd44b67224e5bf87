package dev.finetune4j.examples.support;

import dev.finetune4j.chat.Message;
import dev.finetune4j.dataset.PromptExample;
import dev.finetune4j.dataset.ReferenceValue;
import dev.finetune4j.evaluation.agreement.LabelledAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replies to customers that a person found right or wrong. Made up; immutable. */
public final class LabelledReplies {
  /** Question, reference, then replies: + for right, - for wrong. */
  private static final List<List<String>> ROWS =
      List.of(
          List.of(
              "How long may I return a chair?",
              "You may return it within 30 days.",
              "+You may return it within 30 days.",
              "+Returns are fine within 30 days.",
              "-You may return it within 14 days.",
              "-You may not return it within 30 days."),
          List.of(
              "When is the shop open?",
              "The shop opens at 9 and closes at 18.",
              "+It opens at 9 and closes at 18.",
              "+From 9 to 18.",
              "-It opens at 8 and closes at 18.",
              "-The shop opens at 9."),
          List.of(
              "Do you deliver to Norway?",
              "Yes, delivery to Norway takes five days.",
              "+Yes, delivery to Norway takes five days.",
              "+Delivery there takes five days, Norway is no problem.",
              "-No, delivery to Norway is not possible.",
              "-Delivery to Norway takes nine days."),
          List.of(
              "May I take this medicine with milk?",
              "No, take it with water.",
              "+Take it with water, not with milk.",
              "-Yes, with milk.",
              "+No, with water.",
              "-Take it with milk or water."),
          List.of(
              "What does repair cost?",
              "Repair costs 40 euros, free under warranty.",
              "+It costs 40 euros, but repair is free under warranty.",
              "-Repair costs 60 euros, free under warranty.",
              "+Under warranty repair is free, else it costs 40 euros.",
              "-Repair is always free."),
          List.of(
              "Can I pay by invoice?",
              "Yes, companies may pay by invoice.",
              "+Companies may pay by invoice.",
              "+Yes, if you order as a company.",
              "-Companies may never pay by invoice.",
              "-Only cards are taken."));

  private LabelledReplies() {}

  /** Returns all 24. */
  public static List<LabelledAnswer> all() {
    List<LabelledAnswer> all = new ArrayList<>();
    for (List<String> row : ROWS) {
      Map<String, ReferenceValue> reference = new LinkedHashMap<>();
      reference.put("question", ReferenceValue.text(row.get(0)));
      reference.put(PromptExample.ANSWER, ReferenceValue.text(row.get(1)));
      PromptExample example =
          new PromptExample(List.of(Message.user(row.get(0))), reference, List.of());
      for (String reply : row.subList(2, row.size())) {
        String answer = reply.substring(1);
        all.add(
            reply.startsWith("+")
                ? LabelledAnswer.right(example, answer)
                : LabelledAnswer.wrong(example, answer));
      }
    }
    return all;
  }
}
