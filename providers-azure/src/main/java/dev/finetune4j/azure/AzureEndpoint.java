package dev.finetune4j.azure;

import okhttp3.HttpUrl;

/**
 * The address of the data plane: the resource's own host, or a Foundry project or gateway, whose
 * path is kept. Immutable.
 *
 * @param root the address up to {@code /openai}
 */
record AzureEndpoint(HttpUrl root) {
  private static final String PROJECTS = "/api/projects/";
  private static final String VERSION = "api-version";

  /**
   * Parses the address that the portal shows, with or without {@code /openai} or {@code
   * /openai/v1}.
   */
  static AzureEndpoint of(String endpoint) {
    String plain = endpoint.strip().replaceAll("/+$", "").replaceAll("/openai(/v1)?$", "");
    return new AzureEndpoint(url(plain));
  }

  static HttpUrl url(String text) {
    HttpUrl url = HttpUrl.parse(text);
    if (url == null) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is not a valid endpoint; expected a URL such as https://name.openai.azure.com");
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

  /** Projects serve only the v1 API; the dated API is served by their resource. */
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
