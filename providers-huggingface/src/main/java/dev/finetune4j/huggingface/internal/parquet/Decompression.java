package dev.finetune4j.huggingface.internal.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Decompresses pages in Snappy, GZIP or Zstandard, which Python's libraries write, without Hadoop's
 * codecs. Thread-safe.
 */
final class Decompression implements CompressionCodecFactory {

  /** Decompresses one page. */
  @FunctionalInterface
  private interface Unpacking {
    byte[] unpack(byte[] packed, int size) throws IOException;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("Parquet files cannot be written.");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Pages((packed, size) -> packed);
      case SNAPPY -> new Pages((packed, size) -> Snappy.uncompress(packed));
      case ZSTD -> new Pages((packed, size) -> Zstd.decompress(packed, size));
      case GZIP -> new Pages(Decompression::gunzip);
      default ->
          throw new UnsupportedOperationException(
              "Unsupported compression "
                  + codec
                  + "; supported are SNAPPY, GZIP, ZSTD and UNCOMPRESSED. Rewrite the file.");
    };
  }

  private static byte[] gunzip(byte[] packed, int size) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(size);
    }
  }

  @Override
  public void release() {
    // Holds no resources.
  }

  private record Pages(Unpacking unpacking) implements BytesInputDecompressor {

    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) packed.size());
      packed.writeAllTo(bytes);
      return BytesInput.from(unpacking.unpack(bytes.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int packedSize, ByteBuffer output, int size)
        throws IOException {
      byte[] packed = new byte[packedSize];
      input.get(packed);
      output.put(unpacking.unpack(packed, size));
    }

    @Override
    public void release() {
      // Holds no resources.
    }
  }
}
