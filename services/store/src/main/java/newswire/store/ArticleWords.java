package newswire.store;

import java.util.Objects;
import newswire.contract.Article;

/** What an article can be found by. */
final class ArticleWords {
    /** Longest text that is read, in characters. */
    private static final int READ = 200_000;

    private ArticleWords() {}

    /** Its title counts most, then its other headlines, its byline and its text. */
    static String of(Article article) {
        var words = new WordVector(WordAnalyzers.of(article.language()));
        words.title(read(article.title()));
        for (int i = 1; i < article.headlines().size(); i++) {
            words.text(read(article.headlines().get(i).value()), WordVector.Weight.B);
        }
        words.text(article.by(), WordVector.Weight.C);
        if (!article.bodies().isEmpty()) {
            words.text(read(article.bodies().getFirst().value()), WordVector.Weight.D);
        }
        if (!article.infoSources().isEmpty()) {
            words.name(WordVector.publisher(article.infoSources().getFirst().name()));
        }
        var sorted = Objects.requireNonNullElse(article.datePublished(), article.firstCreated());
        words.name(WordVector.week(WordVector.week(sorted)));
        article.subjects().forEach(subject -> words.name(WordVector.subject(subject.name())));
        return words.toString();
    }

    private static String read(String text) {
        return text.length() > READ ? text.substring(0, READ) : text;
    }
}
