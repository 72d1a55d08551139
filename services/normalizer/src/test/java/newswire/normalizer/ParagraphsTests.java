package newswire.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import newswire.contract.Article;
import newswire.contract.Feed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of HTML, and which of them are story. */
class ParagraphsTests {
    private static final URI BASE = URI.create("https://a.example/one");
    private static final String STORY = "<p>It rained for a week.</p><p>Then the river rose.</p>";

    private static Story story(String html, Feed.NoticeRule... rules) {
        return Paragraphs.sort(Html.read(html, true, BASE).blocks(), new Notices(List.of(rules)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <p>a</p><p>b</p>                              | a/b
            <div>a<p>b</p>c</div>                         | a/b/c
            a<br>b                                        | a_b
            a<br><br>b                                    | a/b
            a<br> &nbsp; <br/>b                           | a/b
            <ul><li>a</li><li>b <b>c</b></li></ul>        | a/b c
            <blockquote><p>a</p></blockquote>b            | a/b
            <h2>a</h2>b                                   | a/b
            <table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table> | a\tb/c
            <p>a &amp;amp; b</p>                          | a &amp; b
            <p> a\u00A0</p><p>&nbsp;</p>                  | a
            <p>a<script>x</script><style>y</style></p>    | a
            <p>a&#8203; b&#x202e;c</p>                    | a\u200b bc
            <span>a</span> <i>b</i>                       | a b
            <p>a<a href='x'>b</a>c</p>                    | abc
            <pre>a  b</pre>                               | a  b
            <section>a</section><footer>b</footer>        | a/b
            """)
    void cutsAsThePageShows(String html, String blocks) {
        var texts = story(html).paragraphs();
        assertThat(String.join("/", texts).replace('\n', '_')).isEqualTo(blocks);
    }

    @Test
    void plainTextIsCutAtBlankLinesOrElseAtLines() {
        assertThat(story("a\nb\n\nc &amp; d\n \ne").paragraphs()).containsExactly("a\nb", "c & d", "e");
        assertThat(story("a\nb").paragraphs()).containsExactly("a", "b");
        assertThat(story("a <b>b</b>\n\nc").paragraphs()).containsExactly("a b", "c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *Translated by Jane Roe                                        | translator-credit
            Translated from the original Korean by Jane Roe.               | translator-credit
            Translation: Jane Roe                                          | translator-credit
            Traduit de l’anglais par Jeanne Dupont                         | translator-credit
            Aus dem Englischen von Erika Muster                            | translator-credit
            Übersetzung: Erika Muster                                      | translator-credit
            Traducción de Juana Pérez                                      | translator-credit
            Перевод: Иван Иванов                                           | translator-credit
            번역: 김철수                                                     | translator-credit
            翻訳：山田花子                                                    | translator-credit
            Please direct any comments or questions about this article to a@b.example. | contact
            Contact the reporter at jane@b.example                         | contact
            Email: jane@b.example                                          | contact
            Fragen und Hinweise an redaktion@b.example                     | contact
            기사제보 news@b.example                                          | contact
            Read in Korean                                                 | language-link
            Read this article in Spanish.                                  | language-link
            Also available in French                                       | language-link
            Lire en anglais                                                | language-link
            English version                                                | language-link
            한국어로 보기                                                    | language-link
            日本語で読む                                                     | language-link
            The post One thing appeared first on Another.                  | syndication
            Der Beitrag Eins erschien zuerst auf Zwei.                     | syndication
            L’article Un est apparu en premier sur Deux.                   | syndication
            La entrada Uno se publicó primero en Dos.                      | syndication
            L'articolo Uno proviene da Due.                                | syndication
            Artykuł Jeden pochodzi z serwisu Dwa.                          | syndication
            投稿 一 は 二 に最初に表示されました。                               | syndication
            This article was originally published by Another Paper.        | syndication
            © 2020 Example News. All rights reserved.                      | copyright
            저작권자 ⓒ 예 무단 전재 및 재배포 금지                              | copyright
            Subscribe to our newsletter for updates                        | subscription
            Follow us on Twitter and Facebook                              | subscription
            Read more: Another story                                       | related
            Lesen Sie auch: Noch etwas                                     | related
            READ ALSO: Another story                                       | related
            Share this: Facebook Twitter                                   | other
            Advertisement                                                  | other
            Continue reading                                               | related
            """)
    void boilerplateAfterTheStoryIsANotice(String text, String role) {
        var story = story(STORY + "<p>" + text + "</p>");
        assertThat(story.notices()).containsExactly(new Article.Notice(role, text, 2));
        assertThat(story.paragraphs()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The novel was translated by Jane Roe in 1921, and banned at once.",
                "Translated by machine, the poem lost its rhyme; the critics laughed.",
                "The first post in the valley appeared on Tuesday.",
                "Read in Korean at the ceremony, the poem moved the minister to tears.",
                "Copyright disputes held the film back for ten years.",
                "He writes at jane@b.example, the address that police found in the drawer.",
                "Share prices fell on Monday.",
                "Follow the money, the inspector said.",
                "See also the fate of the miners: none of them ever came back from the pit that opened in the spring of that year, and the "
                        + "company, which had promised the widows a pension, moved its books to another town before the courts could read them.",
                "Police asked anyone with questions to write to tips@police.example before the trial opens.",
                "Sources say the minister, who was photographed by Reuters, will resign.",
                "Related costs rose by a third.",
                "Advertisement revenue doubled.",
                "Get the boats in before the storm, the harbour master told the crews."
            })
    void sentenceOfTheStoryIsKept(String sentence) {
        var story = story("<p>It rained.</p><p>" + sentence + "</p><p>Then the river rose.</p>");
        assertThat(story.paragraphs()).containsExactly("It rained.", sentence, "Then the river rose.");
    }

    @Test
    void whatMayOnlyStandAtTheEdgeStaysInTheMiddle() {
        var contact = "<p>Write to the editor with comments: a@b.example</p>";
        assertThat(story(STORY + contact + STORY).paragraphs()).hasSize(5);
        assertThat(story(contact + STORY).paragraphs()).hasSize(2);
        assertThat(story(contact + STORY).contacts()).containsExactly("a@b.example");
    }

    @Test
    void feedsOwnRulesComeFirst() {
        var story = story(
                STORY + "<p>--- Desk 7 ---</p>" + STORY,
                new Feed.NoticeRule("other", "--- Desk \\d ---"),
                new Feed.NoticeRule("other", "(unclosed"));
        assertThat(story.notices()).extracting(Article.Notice::value).containsExactly("--- Desk 7 ---");
        assertThat(story.paragraphs()).hasSize(4);
    }

    @Test
    void boxesOfTheSiteAreNotices() {
        var story = story(STORY + "<div class='sharedaddy'><h3>Share this:</h3><ul><li>Tweet</li></ul></div>"
                + "<div class='jp-relatedposts'><p>More stories</p></div>");
        assertThat(story.notices()).extracting(Article.Notice::role).containsExactly("other", "related");
        assertThat(story.paragraphs()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A bridge. / Image: Daily NK                | A bridge.            | Daily NK
            A bridge (Photo: Jane Roe)                 | A bridge             | Jane Roe
            """)
    void creditIsPartedFromCaption(String text, String caption, String credit) {
        var found = Captions.find(text);
        assertThat(found).isEqualTo(new Captions.Caption(caption, credit));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            A bridge. Photo: Jane Roe;      A bridge.; Jane Roe
            A bridge. Foto: dpa;            A bridge.; dpa
            A bridge – Credit: Jane Roe;    A bridge;  Jane Roe
            A bridge (AP Photo/Jane Roe);   A bridge;  AP Photo/Jane Roe
            A bridge | Photo by Jane Roe;   A bridge;  Jane Roe
            다리 [사진=연합뉴스];             다리;       연합뉴스
            A bridge;                       A bridge;
            """)
    void captionOfAFigureHasACredit(String text, String caption, String credit) {
        assertThat(Captions.of(text)).isEqualTo(new Captions.Caption(caption, credit));
    }

    @Test
    void captionBelowAPictureBelongsToIt() {
        var story = story(
                "<p>It rained.</p><p><img src='a.jpg'></p><p>A bridge. / Image: Jane</p><p>Then the river rose.</p>");
        assertThat(story.paragraphs()).containsExactly("It rained.", "Then the river rose.");
        assertThat(story.figures()).hasSize(1);
        assertThat(story.figures().getFirst().caption()).isEqualTo("A bridge.");
        assertThat(story.figures().getFirst().pictures().getFirst().href()).isEqualTo("https://a.example/a.jpg");
    }
}
