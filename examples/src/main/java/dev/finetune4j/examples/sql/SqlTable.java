package dev.finetune4j.examples.sql;

import java.util.List;

/**
 * One table of the task, with the words that questions use for it.
 *
 * @param name the table
 * @param things what its rows are called, in the plural
 * @param label the text column by which a row is called
 * @param group a text column with few values
 * @param groups those values
 * @param number a column of whole numbers
 * @param measure how questions call that column
 */
record SqlTable(
    String name,
    String things,
    String label,
    String group,
    List<String> groups,
    String number,
    String measure) {

  static final List<SqlTable> ALL =
      List.of(
          of("book", "books", "title", "genre", "crime,poetry,travel", "pages", "pages"),
          of("river", "rivers", "name", "country", "Peru,Ghana,Norway", "length_km", "length"),
          of("player", "players", "name", "team", "Reds,Blues,Greens", "goals", "goals"),
          of("dish", "dishes", "name", "course", "starter,main,dessert", "calories", "calories"),
          of("song", "songs", "title", "artist", "Ayo,Lund,Reyes", "seconds", "duration"),
          of("bridge", "bridges", "name", "city", "Porto,Riga,Osaka", "built", "year of building"),
          of(
              "employee",
              "employees",
              "name",
              "department",
              "sales,legal,research",
              "salary",
              "salary"),
          of("flight", "flights", "code", "origin", "Oslo,Lima,Cairo", "seats", "seats"),
          of("plant", "plants", "name", "family", "rose,mint,fern", "height_cm", "height"),
          of("museum", "museums", "name", "town", "Graz,Leeds,Turin", "visitors", "visitors"));

  private static SqlTable of(
      String name,
      String things,
      String label,
      String group,
      String groups,
      String number,
      String measure) {
    return new SqlTable(name, things, label, group, List.of(groups.split(",")), number, measure);
  }

  /** Returns the statement that makes the table, which is what the model sees of it. */
  String schema() {
    return "CREATE TABLE %s (%s VARCHAR, %s VARCHAR, %s INTEGER)"
        .formatted(name, label, group, number);
  }

  /** Returns the statement that fills it: twelve rows, with ties and gaps. */
  String rows() {
    StringBuilder rows = new StringBuilder("INSERT INTO " + name + " VALUES ");
    for (int row = 0; row < 12; row++) {
      rows.append(row == 0 ? "" : ", ")
          .append(
              "('%s %d', '%s', %d)"
                  .formatted(name, row, groups.get(row * row % 3), 40 * (row * 5 % 9)));
    }
    return rows.toString();
  }
}
