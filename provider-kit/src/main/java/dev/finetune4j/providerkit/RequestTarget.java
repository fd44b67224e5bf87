package dev.finetune4j.providerkit;

import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request: a path below the base URL whose {@code {names}} are filled with values,
 * each as one encoded segment, or a whole URL that a service gave. Immutable; thread-safe.
 *
 * @param template what statistics and logs call it, ids left out
 */
record RequestTarget(String method, String template, List<String> values, @Nullable HttpUrl url) {

  static RequestTarget of(String method, String template, String... values) {
    RequestTarget target = new RequestTarget(method, template, List.of(values), null);
    long names = target.segments().stream().filter(RequestTarget::isName).count();
    if (names != values.length) {
      throw new IllegalArgumentException(
          "\"" + template + "\" has " + names + " names to fill, and got " + values.length + ".");
    }
    for (String value : values) {
      // URLs are resolved: a segment of dots would lead to another resource.
      if (value.isBlank() || value.equals(".") || value.equals("..")) {
        throw new IllegalArgumentException(
            "\"" + value + "\" is not a valid id for \"" + template + "\".");
      }
    }
    return target;
  }

  static RequestTarget of(String method, HttpUrl url) {
    return new RequestTarget(method, url.redact(), List.of(), url);
  }

  HttpUrl resolve(HttpUrl baseUrl, Query query) {
    HttpUrl.Builder whole = url == null ? baseUrl.newBuilder() : url.newBuilder();
    if (url == null) {
      int filled = 0;
      for (String segment : segments()) {
        if (isName(segment)) {
          whole.addPathSegment(values.get(filled++));
        } else {
          whole.addPathSegment(segment);
        }
      }
    }
    query.addTo(whole);
    return whole.build();
  }

  private List<String> segments() {
    return List.of(template.split("/", -1));
  }

  private static boolean isName(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }
}
