package newswire.fetcher;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** How a body was made smaller for its way. One layer: whoever compresses twice is up to something. */
enum ContentCoding {
    IDENTITY {
        @Override
        InputStream decoded(InputStream in) {
            return in;
        }
    },
    GZIP {
        @Override
        InputStream decoded(InputStream in) throws IOException {
            return new GZIPInputStream(in, BUFFER);
        }
    },
    DEFLATE {
        // Some servers leave out the zlib header that the word stands for.
        @Override
        InputStream decoded(InputStream in) throws IOException {
            var ahead = new PushbackInputStream(in);
            int first = peek(ahead);
            if (first < 0) {
                throw new ZipException("empty");
            }
            return new InflaterInputStream(ahead, new Inflater((first & 0x0F) != 8));
        }
    },
    BROTLI {
        @Override
        InputStream decoded(InputStream in) throws IOException {
            return new BrotliInputStream(in, BUFFER);
        }

        // RFC 7932, 9.1.
        @Override
        long window(PushbackInputStream in) throws IOException {
            int first = peek(in);
            int high = first >> 1 & 7;
            int low = first >> 4 & 7;
            return first < 0 ? 0 : 1L << ((first & 1) == 0 ? 16 : high > 0 ? 17 + high : low == 0 ? 17 : 8 + low);
        }
    },
    ZSTANDARD {
        @Override
        InputStream decoded(InputStream in) throws IOException {
            return new ZstdInputStreamNoFinalizer(in).setLongMax(LARGEST_ZSTD_WINDOW);
        }

        // Each frame of a body has a window of its own: the largest that any can have.
        @Override
        long window(PushbackInputStream in) {
            return 1L << LARGEST_ZSTD_WINDOW;
        }
    };

    /** What a request says. */
    static final String ACCEPTED = "gzip, deflate, br, zstd";

    private static final int BUFFER = 8 * 1024;

    /** As RFC 9659 has it: whoever wants more memory than eight megabytes does not speak HTTP. */
    private static final int LARGEST_ZSTD_WINDOW = 23;

    /** By the header, absent for none; nothing for what is not known. */
    static @Nullable ContentCoding of(@Nullable String header) {
        return switch (header == null ? "" : header.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            case "br" -> BROTLI;
            case "zstd" -> ZSTANDARD;
            default -> null;
        };
    }

    abstract InputStream decoded(InputStream in) throws IOException;

    /**
     * Bytes of what came last that a decoder keeps to refer to, where they are many.
     *
     * @param in from which the first byte can be read and given back
     */
    long window(PushbackInputStream in) throws IOException {
        return 0;
    }

    private static int peek(PushbackInputStream in) throws IOException {
        int first = in.read();
        if (first >= 0) {
            in.unread(first);
        }
        return first;
    }
}
