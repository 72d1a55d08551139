package newswire.normalizer;

import java.util.Locale;

/** Why no article was made of a raw article that could be decoded: the stable codes of its dead letter. */
enum RejectCode {
    MALFORMED_XML,
    MALFORMED_JSON,
    /** Well-formed, but without an entry of its format. */
    NOT_A_FEED,
    /** An item of JSON Feed that must be passed over. */
    ITEM_WITHOUT_ID,
    /** Nothing tells it from any other. */
    ITEM_WITHOUT_IDENTITY,
    /** More than a consumer may be asked to take. */
    TOO_LARGE,
    /** A fault of ours: the stack did not suffice. */
    NORMALIZER_OVERFLOW,
    /** A fault of ours in reading. */
    NORMALIZER_FAILURE,
    /** A fault of ours in deciding. */
    LEDGER_FAILURE;

    /** As it is written. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
