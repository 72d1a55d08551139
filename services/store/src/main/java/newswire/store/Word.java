package newswire.store;

/**
 * A word of a text as it is searched for: stemmed, folded, in one case.
 *
 * @param position counted in words from 0; words that are searched for as one have the same
 * @param start where it begins in the text, in characters
 * @param end behind its last character
 */
record Word(String term, int position, int start, int end) {}
