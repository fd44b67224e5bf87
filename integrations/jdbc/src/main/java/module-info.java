/** Runs, samples and leases in a relational database that several processes share. */
module dev.finetune4j.jdbc {
  requires transitive dev.finetune4j;
  requires transitive java.sql;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.finetune4j.jdbc;
}
