package newswire.contract.address;

import java.io.Serial;
import java.net.UnknownHostException;

/** We refuse to connect: the only form in which the HTTP client takes a resolver's no. */
public final class BlockedException extends UnknownHostException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String code;

    public BlockedException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Stable code of the problem. */
    public String code() {
        return code;
    }
}
