package dev.finetune4j.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.finetune4j.json.JsonParser;
import dev.finetune4j.json.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated and mutated records, read by the library and by Python's json and csv: what one accepts
 * the other accepts, with the same values. Skipped where there is no {@code python3}.
 *
 * <p>Intended differences, in which the library is stricter: repeated members of an object, halves
 * of characters in escapes, nesting deeper than 200 levels, numbers of more than 1,000 characters
 * or with exponents of more than four digits. In one it is more lenient: white space between the
 * closing quote of a cell and the delimiter is skipped. A file that begins with bytes of UTF-16 is
 * refused as a whole.
 */
@Tag("faults")
final class DifferentialFuzzTest {
  private static final int RECORDS = 200_000;
  private static final List<String> COLUMNS = List.of("a", "b", "c");
  private static final String[] TEXTS = {
    "a",
    "é",
    "😀",
    "\\n",
    "\\u0041",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\\"",
    "\\/",
    " ",
    "\u2028",
    "x1"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-12",
    "1.50",
    "1e2",
    "1E-7",
    "123456789012345678901",
    "0.1e+10",
    "1e9999",
    "1e10000",
    "-0.0"
  };
  private static final String[] CELLS = {
    "a",
    "",
    " ",
    "\"a\"",
    "\"\"",
    "\"a,b\"",
    "\"a\"\"b\"",
    "\"a\nb\"",
    "a\"b",
    " \"a\"",
    "é",
    "😀",
    "\"\r\n\"",
    "a\tb",
    "\"a\tb\"",
    "'",
    "1"
  };
  private static final byte[] PIECES =
      "\"\\,:{}[]\t\r\n 0e-+.untf/\u0000".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(strings = {"json", "array", "csv", "tsv"})
  void pythonAndTheLibraryReadTheSame(String kind) throws Exception {
    Path cases = folder.resolve("cases.txt");
    Path answers = folder.resolve("answers.txt");
    random = new Random(kind.hashCode());
    try (BufferedWriter out = Files.newBufferedWriter(cases)) {
      for (int i = 0; i < RECORDS; i++) {
        out.write(kind + " " + Base64.getEncoder().encodeToString(record(kind)) + "\n");
      }
    }
    askPython(cases, answers);

    List<String> differences = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    try (BufferedReader in = Files.newBufferedReader(cases);
        BufferedReader python = Files.newBufferedReader(answers)) {
      for (int i = 0; i < RECORDS; i++) {
        byte[] bytes = Base64.getDecoder().decode(in.readLine().substring(kind.length() + 1));
        String theirs = python.readLine();
        String ours = read(kind, bytes);
        boolean intended = theirs.startsWith("bad intended") || ours.startsWith("bad intended");
        boolean same = ours.startsWith("bad") ? theirs.startsWith("bad") : ours.equals(theirs);
        counts.merge(
            intended
                ? (theirs.startsWith("bad intended") ? theirs : ours)
                : theirs.startsWith("bad") ? "refused" : "accepted",
            1,
            Integer::sum);
        boolean lenient = theirs.equals("bad intended: space after a quote");
        if (!same && !lenient && !(intended && ours.startsWith("bad")) && differences.size() < 20) {
          differences.add(
              new String(bytes, StandardCharsets.UTF_8) + " ours: " + ours + " Python: " + theirs);
        }
      }
    }
    System.out.println(kind + ": " + counts);
    assertThat(differences).isEmpty();
    assertThat(counts.get("accepted")).isGreaterThan(RECORDS / 10);
  }

  private static void askPython(Path cases, Path answers) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "python3", "src/test/python/oracle.py", cases.toString(), answers.toString())
              .inheritIO()
              .start();
    } catch (IOException e) {
      assumeThat(false).as("Skipped: there is no python3: " + e.getMessage()).isTrue();
      return;
    }
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static String read(String kind, byte[] bytes) throws Exception {
    return switch (kind) {
      case "json" -> readLine(bytes);
      case "array" -> readArray(bytes);
      default -> readTable(bytes, kind.equals("tsv") ? '\t' : ',');
    };
  }

  private static String readLine(byte[] bytes) throws Exception {
    if (Utf8.firstMalformed(bytes, 0, bytes.length) >= 0) {
      return "bad encoding";
    }
    try {
      return digest(new JsonParser().parse(bytes, 0, bytes.length));
    } catch (JsonSyntaxException e) {
      return "bad";
    }
  }

  private static String readArray(byte[] bytes) throws Exception {
    List<String> seen = new ArrayList<>();
    JsonParser parser = new JsonParser();
    try (ArrayBlocks blocks = new ArrayBlocks(new ByteArrayInputStream(bytes))) {
      for (RecordBlock block = blocks.next(); block != null; block = blocks.next()) {
        for (int i = 0; i < block.size(); i++) {
          if (block.fault(i) == RecordFault.BLANK || block.fault(i) == RecordFault.BAD_ENCODING) {
            return "bad item";
          }
          seen.add(digest(block.tree(i, parser)));
        }
      }
    } catch (FileFault | JsonSyntaxException e) {
      boolean wide = e instanceof FileFault fault && fault.rule().equals("invalid-encoding");
      return wide ? "bad intended: UTF-16" : "bad";
    }
    return seen.isEmpty() ? "empty" : String.join(" ", seen);
  }

  private static String readTable(byte[] bytes, char delimiter) throws Exception {
    List<String> seen = new ArrayList<>();
    try (CsvBlocks blocks =
        new CsvBlocks(
            new ByteArrayInputStream(bytes),
            delimiter,
            Optional.of('"'),
            StandardCharsets.UTF_8,
            Optional.of(COLUMNS))) {
      for (RecordBlock block = blocks.next(); block != null; block = blocks.next()) {
        for (int i = 0; i < block.size(); i++) {
          Map<?, ?> row = (Map<?, ?>) Objects.requireNonNull(block.tree(i, new JsonParser()));
          seen.add(
              switch (block.fault(i)) {
                case NONE -> digest(new ArrayList<>(row.values()));
                case BAD_ENCODING -> "encoding";
                default -> "ragged";
              });
        }
      }
    } catch (FileFault e) {
      if (e.rule().equals("invalid-encoding")) {
        return "bad intended: UTF-16";
      }
      seen.add("fault");
    }
    return seen.isEmpty() ? "empty" : String.join(" ", seen);
  }

  private static String digest(@Nullable Object value) throws Exception {
    MessageDigest into = MessageDigest.getInstance("MD5");
    feed(value, into);
    return HexFormat.of().formatHex(into.digest());
  }

  private static void feed(@Nullable Object value, MessageDigest into) {
    if (value == null) {
      into.update(bytes("None"));
    } else if (value instanceof Boolean flag) {
      into.update(bytes(flag ? "True" : "False"));
    } else if (value instanceof String text) {
      byte[] data = bytes(text);
      into.update(bytes("s" + data.length + ":"));
      into.update(data);
    } else if (value instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString());
      String plain = exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
      into.update(bytes("n" + plain + ";"));
    } else if (value instanceof Map<?, ?> map) {
      into.update(bytes("{"));
      map.forEach(
          (name, member) -> {
            feed(name, into);
            feed(member, into);
          });
      into.update(bytes("}"));
    } else {
      into.update(bytes("["));
      ((List<?>) value).forEach(item -> feed(item, into));
      into.update(bytes("]"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] record(String kind) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(50) == 0 && !kind.equals("json")) {
      text.append('\uFEFF');
    }
    switch (kind) {
      case "json" -> value(text, 0);
      case "array" -> {
        text.append(space()).append('[').append(space());
        for (int i = random.nextInt(4); i > 0; i--) {
          value(text, 0);
          text.append(i > 1 ? "," : "").append(space());
        }
        text.append(']').append(space());
      }
      default -> table(text, kind.equals("tsv") ? "\t" : ",");
    }
    byte[] valid = bytes(text.toString());
    return random.nextInt(3) == 0 ? valid : mutated(valid);
  }

  private String space() {
    return random.nextInt(4) == 0 ? " \n\t\r".substring(random.nextInt(4)) : "";
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private void string(StringBuilder text) {
    text.append('"');
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(one(TEXTS));
    }
    text.append('"');
  }

  private void value(StringBuilder text, int depth) {
    int what = random.nextInt(depth > 3 ? 4 : 7);
    if (random.nextInt(2_000) == 0) {
      int levels = 195 + random.nextInt(10);
      text.append("[".repeat(levels)).append("]".repeat(levels));
    } else if (what < 2) {
      string(text);
    } else if (what == 2) {
      text.append(random.nextInt(500) == 0 ? "1".repeat(990 + random.nextInt(20)) : one(NUMBERS));
    } else if (what == 3) {
      text.append(one(new String[] {"true", "false", "null"}));
    } else {
      text.append(what == 4 ? '[' : '{').append(space());
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        if (what != 4) {
          text.append("\"k").append(random.nextInt(8)).append('"').append(space()).append(':');
          text.append(space());
        }
        value(text, depth + 1);
        text.append(space()).append(i + 1 < count ? "," : "").append(space());
      }
      text.append(what == 4 ? ']' : '}');
    }
  }

  private void table(StringBuilder text, String delimiter) {
    String end = one(new String[] {"\n", "\r\n", "\r"});
    for (int row = random.nextInt(5); row > 0; row--) {
      int cells = random.nextInt(15) == 0 ? random.nextInt(5) : COLUMNS.size();
      for (int i = 0; i < cells; i++) {
        text.append(i == 0 ? "" : delimiter).append(one(CELLS));
      }
      text.append(row == 1 && random.nextBoolean() ? "" : end);
    }
  }

  private byte[] mutated(byte[] valid) {
    byte[] bytes = valid;
    for (int i = random.nextInt(3); i >= 0; i--) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int at = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, at + random.nextInt(4));
      switch (random.nextInt(5)) {
        case 0 -> { // Delete.
          out.write(bytes, 0, at);
          out.write(bytes, to, bytes.length - to);
        }
        case 1 -> { // Insert.
          out.write(bytes, 0, at);
          out.write(PIECES[random.nextInt(PIECES.length)]);
          out.write(bytes, at, bytes.length - at);
        }
        case 2 -> { // Repeat.
          out.write(bytes, 0, to);
          out.write(bytes, at, bytes.length - at);
        }
        case 3 -> out.write(bytes, 0, random.nextInt(4) == 0 ? at : bytes.length); // Cut off.
        default -> { // Change a byte, also to what is not UTF-8.
          out.writeBytes(bytes);
          byte[] changed = out.toByteArray();
          if (changed.length > 0) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
          }
          out.reset();
          out.writeBytes(changed);
        }
      }
      bytes = out.toByteArray();
    }
    return bytes;
  }
}
