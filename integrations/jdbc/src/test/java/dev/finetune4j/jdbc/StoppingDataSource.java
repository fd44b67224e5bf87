package dev.finetune4j.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A data source that counts the commits of this process and stops just before or after one of them:
 * it prints "stopped" and waits for a line of input, so that the process can be killed there.
 */
final class StoppingDataSource {
  static final String STOPPED = "stopped";

  private static final Pattern PLACE = Pattern.compile("(before|after)-commit-(\\d+)");

  private final int last;
  private final boolean before;
  private final AtomicInteger commits = new AtomicInteger();

  private StoppingDataSource(int last, boolean before) {
    this.last = last;
    this.before = before;
  }

  /** Returns {@code source} itself unless {@code place} names a commit. */
  static DataSource at(String place, DataSource source) {
    Matcher matcher = PLACE.matcher(place);
    if (!matcher.matches()) {
      return source;
    }
    StoppingDataSource stopping =
        new StoppingDataSource(
            Integer.parseInt(matcher.group(2)), matcher.group(1).equals("before"));
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object result = method.invoke(source, arguments);
          return result instanceof Connection connection ? stopping.connection(connection) : result;
        });
  }

  private Connection connection(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          boolean isLast = method.getName().equals("commit") && commits.incrementAndGet() == last;
          if (isLast && before) {
            stop();
          }
          Object result = method.invoke(connection, arguments);
          if (isLast && !before) {
            stop();
          }
          return result;
        });
  }

  private static void stop() {
    System.out.println(STOPPED);
    try {
      System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Call {
    Object on(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return call.on(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
