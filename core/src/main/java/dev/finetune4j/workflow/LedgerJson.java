package dev.finetune4j.workflow;

import dev.finetune4j.cost.Ledger;
import dev.finetune4j.cost.LedgerEntry;
import dev.finetune4j.cost.Money;
import dev.finetune4j.json.Json;
import dev.finetune4j.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger as JSON, as stored beside a journal. */
final class LedgerJson {

  private LedgerJson() {}

  static String write(Ledger ledger) {
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    for (LedgerEntry entry : ledger.entries()) {
      lines.add(
          JsonObject.empty()
              .put("id", entry.id())
              .put("at", entry.at().toString())
              .put("what", entry.what())
              .putIfPresent("estimated", entry.estimated().map(LedgerJson::write))
              .putIfPresent("actual", entry.actual().map(LedgerJson::write))
              .asMap());
    }
    return Json.write(lines);
  }

  static Ledger read(String json) {
    List<LedgerEntry> lines = new ArrayList<>();
    JsonObject wrapped = Json.parseObject("{\"lines\":" + json + "}");
    for (JsonObject line : wrapped.objects("lines")) {
      lines.add(
          new LedgerEntry(
              line.requireString("id"),
              Instant.parse(line.requireString("at")),
              line.requireString("what"),
              readMoney(line, "estimated"),
              readMoney(line, "actual")));
    }
    return Ledger.of(lines);
  }

  static String write(Money money) {
    return money.amount().toPlainString() + " " + money.currency().getCurrencyCode();
  }

  static Optional<Money> readMoney(JsonObject json, String name) {
    return json.findString(name).map(LedgerJson::readMoney);
  }

  static Money readMoney(String text) {
    int space = text.indexOf(' ');
    return new Money(
        new BigDecimal(text.substring(0, space)), Currency.getInstance(text.substring(space + 1)));
  }
}
