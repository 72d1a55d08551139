package newswire.contract;

/** A value of one of the {@link Topics}. */
public sealed interface NewsRecord permits Feed, FeedState, FeedPush, RawArticle, Article, DeadLetter {}
