package newswire.fetcher;

/** What may start now against the budget of its publisher scope. */
sealed interface Start permits Slot, Turn {
    Lane lane();
}
