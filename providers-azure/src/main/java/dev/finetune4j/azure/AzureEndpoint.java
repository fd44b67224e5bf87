package dev.finetune4j.azure;

import okhttp3.HttpUrl;

/**
 * Where the data plane is: the resource's own host, a Foundry project or a gateway, whose path is
 * kept. Immutable.
 *
 * @param root what stands before {@code /openai}
 */
record AzureEndpoint(HttpUrl root) {
  private static final String PROJECTS = "/api/projects/";
  private static final String VERSION = "api-version";

  /** Takes what the portal shows, with or without {@code /openai} or {@code /openai/v1}. */
  static AzureEndpoint of(String endpoint) {
    String plain = endpoint.strip().replaceAll("/+$", "").replaceAll("/openai(/v1)?$", "");
    return new AzureEndpoint(url(plain));
  }

  static HttpUrl url(String text) {
    HttpUrl url = HttpUrl.parse(text);
    if (url == null) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no address; it looks like https://name.openai.azure.com");
    }
    return url;
  }

  HttpUrl v1(String version) {
    HttpUrl.Builder url = below(root).addPathSegments("openai/v1");
    return version.isEmpty() ? url.build() : url.addQueryParameter(VERSION, version).build();
  }

  HttpUrl classic(String version) {
    return below(resource()).addPathSegment("openai").addQueryParameter(VERSION, version).build();
  }

  HttpUrl deployment(String name, String version) {
    return classic(version).newBuilder().addPathSegment("deployments").addPathSegment(name).build();
  }

  /** A project has the newer face only; the older one is at its resource. */
  private HttpUrl resource() {
    String path = root.encodedPath();
    int project = path.indexOf(PROJECTS);
    return project < 0
        ? root
        : root.newBuilder().encodedPath(path.substring(0, project + 1)).build();
  }

  private static HttpUrl.Builder below(HttpUrl base) {
    HttpUrl.Builder url = base.newBuilder();
    if (base.encodedPath().endsWith("/")) {
      url.removePathSegment(base.pathSize() - 1);
    }
    return url;
  }
}
