package newswire.standalone.demo;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Writes made-up news. The same number gives the same item, until it is corrected. */
final class DemoNews {
    private DemoNews() {}

    private static final List<String> TOWNS =
            List.of("Aldermere", "Brückfeld", "Calavera", "Dunmorrow", "Estavel", "Fjordby", "Grünwalde", "Harrowgate");
    private static final List<String> SUBJECTS = List.of(
            "The city council",
            "The harbour authority",
            "A group of teachers",
            "The regional railway",
            "The water board",
            "The university library",
            "A cooperative of bakers",
            "The volunteer fire service");
    private static final List<String> ACTS = List.of(
            "approved a new timetable for the winter", "opened a public workshop on the old market square",
            "published its figures for the third quarter", "asked residents to name the new bridge",
            "postponed the repair of the main sluice", "began to digitise two centuries of records",
            "signed an agreement with its neighbours", "presented plans for a quieter night");
    private static final List<String> VOICES = List.of(
            "“We have waited for this for a long time,” said one resident.",
            "“The numbers speak for themselves,” a spokeswoman explained.",
            "“Nobody expected so many people to come,” an organiser said.",
            "“It is a beginning, not the end,” the chair told reporters.");
    private static final List<String> ENDINGS = List.of(
            "A decision is expected by the end of the month.", "The next meeting is open to the public.",
            "Details will be posted at the town hall.", "Work is to begin as soon as the ground allows.");

    static DemoEntry english(int number, Instant published, boolean corrected) {
        var random = new SplittableRandom(number);
        var town = pick(TOWNS, random);
        var subject = pick(SUBJECTS, random);
        var act = pick(ACTS, random);
        int people = 20 + random.nextInt(900);
        var title = "%s: %s %s".formatted(town, subject.replaceFirst("^(The|A) ", ""), act);
        var html = "<p>%s of %s %s on Tuesday, after %d people had taken part in a hearing.</p><p>%s</p><p>%s</p>%s"
                .formatted(
                        subject,
                        town,
                        act,
                        corrected ? people + 1 : people,
                        pick(VOICES, random),
                        pick(ENDINGS, random),
                        corrected
                                ? "<p>Correction: an earlier version of this report gave a wrong number of participants.</p>"
                                : "");
        return new DemoEntry(number, title, html, published);
    }

    static DemoEntry german(int number, Instant published) {
        var random = new SplittableRandom(number);
        var town = pick(TOWNS, random);
        int people = 20 + random.nextInt(900);
        return new DemoEntry(
                number,
                town + ": Neue Brücke wird im Frühjahr eröffnet, Anhörung Nr. " + number,
                "<p>In %s haben %d Menschen über den Namen der neuen Brücke abgestimmt. Das Ergebnis soll noch in dieser Woche bekannt gegeben werden.</p><p>„Wir freuen uns über die große Beteiligung“, sagte eine Sprecherin der Stadt.</p>"
                        .formatted(town, people),
                published);
    }

    static DemoEntry korean(int number, Instant published) {
        int people = 20 + new SplittableRandom(number).nextInt(900);
        return new DemoEntry(
                number,
                "시의회, 겨울철 버스 시간표 승인… 주민 " + people + "명 참여 (" + number + ")",
                "<p>시의회는 화요일 주민 공청회를 거쳐 겨울철 버스 시간표를 승인했다고 밝혔다. 공청회에는 주민 " + people
                        + "명이 참여했다.</p><p>한 주민은 “오래 기다려 온 결정”이라고 말했다.</p>",
                published);
    }

    static DemoEntry french(int number, Instant published) {
        int people = 20 + new SplittableRandom(number).nextInt(900);
        return new DemoEntry(
                number,
                "La bibliothèque municipale ouvre ses archives au public (n° " + number + ")",
                "<p>La bibliothèque a commencé à numériser deux siècles de documents&nbsp;; " + people
                        + " personnes se sont déjà inscrites pour la première visite.</p><p>« C'est un début », a déclaré la directrice.</p>",
                published);
    }

    private static String pick(List<String> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }
}
