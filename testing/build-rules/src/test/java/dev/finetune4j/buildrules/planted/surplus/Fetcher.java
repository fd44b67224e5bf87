package dev.finetune4j.buildrules.planted.surplus;

import com.squareup.moshi.JsonReader;
import okhttp3.OkHttpClient;
import okio.Buffer;

/** Is in no layer of the list, and uses OkHttp and Moshi. */
public final class Fetcher {

  /** Speaks HTTP. */
  public OkHttpClient client() {
    return new OkHttpClient();
  }

  /** Reads JSON by itself. */
  public JsonReader reader() {
    return JsonReader.of(new Buffer());
  }
}
