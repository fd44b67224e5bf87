package dev.finetune4j.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** The kinds of database that the tests run on; each call of {@link #create} gives an empty one. */
enum TestDatabase {
  H2 {
    @Override
    String create(String name) {
      return "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
    }

    @Override
    DataSource open(String address) {
      JdbcDataSource source = new JdbcDataSource();
      source.setURL(address);
      return JdbcConnectionPool.create(source);
    }
  },
  POSTGRESQL {
    @Override
    String create(String name) {
      try {
        return PostgresServer.start().createDatabase(name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    DataSource open(String address) {
      PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
      source.setURL(address);
      return JdbcConnectionPool.create(source);
    }
  };

  abstract String create(String name);

  abstract DataSource open(String address);

  DataSource create() {
    return open(create("test_" + UUID.randomUUID().toString().replace('-', '_')));
  }
}
