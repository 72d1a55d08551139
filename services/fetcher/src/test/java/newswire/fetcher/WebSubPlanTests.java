package newswire.fetcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import newswire.contract.FeedId;
import newswire.contract.FeedPush;
import newswire.contract.FeedState.WebSub;
import newswire.contract.FeedState.WebSub.State;
import newswire.contract.NewsRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.kafka.core.KafkaTemplate;

class WebSubPlanTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final URI HUB = URI.create("https://hub.example/");
    private static final URI OTHER_HUB = URI.create("https://other-hub.example/");
    private static final URI TOPIC = URI.create("https://news.example/feed");
    private static final WebSubPlan.Target TARGET = new WebSubPlan.Target(HUB, TOPIC);
    private static final FeedId FEED = FeedId.of(TOPIC);

    private final WebSubPlan plan = new WebSubPlan(settings(Map.of()));
    private final WebSubPlan.Ids ids = ids();

    static WebSubProperties settings(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("fetcher.websub", WebSubProperties.class);
    }

    /** For who polls without push. */
    static Subscriptions off(KafkaTemplate<String, NewsRecord> kafka, MeterRegistry meters) {
        return new Subscriptions(
                null, settings(Map.of()), new PushPublisher(kafka), new PushMetrics(meters), Duration.ZERO);
    }

    /** Ids that say when they were made, in minutes before now: those of another secret start with a question mark. */
    private static WebSubPlan.Ids ids() {
        return new WebSubPlan.Ids() {
            @Override
            public String of(WebSubPlan.Target target, Instant now) {
                return "i" + Duration.between(now, NOW).toMinutes();
            }

            @Override
            public @Nullable Instant madeAt(String id) {
                return id.startsWith("?") ? null : NOW.minus(Duration.ofMinutes(Long.parseLong(id.substring(1))));
            }
        };
    }

    private static @Nullable WebSub state(String state, long madeMinutesAgo, @Nullable Long leaseMinutes, int misses) {
        return state.equals("-")
                ? null
                : new WebSub(
                        HUB,
                        TOPIC,
                        State.valueOf(state),
                        leaseMinutes == null ? null : NOW.plus(Duration.ofMinutes(leaseMinutes)),
                        "i" + madeMinutesAgo,
                        null,
                        misses);
    }

    @ParameterizedTest(name = "{0} made {1} min ago, lease {2} min, {3} + {4} missed: {5} {6} {7}")
    @CsvSource(textBlock = """
            # state   made min ago  lease ends in  misses before  and now  becomes    id    asks
            -        ,      0      ,              ,      0       ,    0   , REQUESTED, i0  , SUBSCRIBE
            NONE     ,      0      ,              ,      0       ,    0   , REQUESTED, i0  , SUBSCRIBE
            REQUESTED,   1439      ,              ,      0       ,    0   , REQUESTED, i1439 ,
            REQUESTED,   1440      ,              ,      0       ,    0   , REQUESTED, i0  , SUBSCRIBE
            DENIED   ,  10079      ,              ,      0       ,    0   , DENIED   , i10079,
            DENIED   ,  10080      ,              ,      0       ,    0   , REQUESTED, i0  , SUBSCRIBE
            EXPIRED  ,   1439      ,              ,      0       ,    0   , EXPIRED  , i1439 ,
            EXPIRED  ,   1440      ,              ,      0       ,    0   , REQUESTED, i0  , SUBSCRIBE
            EXPIRED  ,   1440      ,              ,      3       ,    0   , EXPIRED  , i1440 ,
            EXPIRED  ,  10080      ,              ,      3       ,    0   , REQUESTED, i0  , SUBSCRIBE
            ACTIVE   ,     79      ,     21       ,      0       ,    0   , ACTIVE   , i79 ,
            ACTIVE   ,     80      ,     20       ,      0       ,    0   , ACTIVE   , i0  , SUBSCRIBE
            ACTIVE   ,    100      ,      0       ,      0       ,    0   , REQUESTED, i0  , SUBSCRIBE
            ACTIVE   ,     10      ,    100       ,      1       ,    1   , ACTIVE   , i10 ,
            ACTIVE   ,     10      ,    100       ,      1       ,    2   , EXPIRED  , i0  , UNSUBSCRIBE
            ACTIVE   ,     10      ,    100       ,      0       ,    9   , EXPIRED  , i0  , UNSUBSCRIBE
            """)
    void decidesAfterPoll(
            String state,
            long made,
            @Nullable Long lease,
            int misses,
            int missed,
            State becomes,
            String id,
            FeedPush.@Nullable Kind asks) {
        var step = plan.afterPoll(state(state, made, lease, misses), TARGET, missed, ids, NOW);
        var after = requireNonNull(step.state());
        assertThat(after.state()).isEqualTo(becomes);
        assertThat(after.callbackId()).isEqualTo(id);
        assertThat(step.asks()).extracting(WebSubPlan.Ask::kind).isEqualTo(asks == null ? List.of() : List.of(asks));
    }

    @Test
    void keepsTheLeaseUntilTheRenewalIsGranted() {
        var step = plan.afterPoll(state("ACTIVE", 80, 20L, 1), TARGET, 1, ids, NOW);
        assertThat(step.state()).isEqualTo(new WebSub(HUB, TOPIC, State.ACTIVE, NOW.plusSeconds(1200), "i0", null, 2));
        assertThat(step.asks()).containsExactly(new WebSubPlan.Ask(FeedPush.Kind.SUBSCRIBE, HUB, TOPIC, "i0"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # state   said goodbye
            -        , false
            NONE     , false
            REQUESTED, true
            ACTIVE   , true
            DENIED   , false
            EXPIRED  , false
            """)
    void leavesWhereverItWas(String state, boolean goodbye) {
        var was = state(state, 5, 60L, 0);
        var left = plan.afterPoll(was, null, 0, ids, NOW);
        assertThat(left.state()).isNull();
        var farewell = goodbye
                ? List.of(new WebSubPlan.Ask(FeedPush.Kind.UNSUBSCRIBE, HUB, TOPIC, "i5"))
                : List.<WebSubPlan.Ask>of();
        assertThat(left.asks()).isEqualTo(farewell);
        assertThat(plan.farewell(was)).isEqualTo(farewell);

        var moved = plan.afterPoll(was, new WebSubPlan.Target(OTHER_HUB, TOPIC), 0, ids, NOW);
        assertThat(moved.state()).isEqualTo(new WebSub(OTHER_HUB, TOPIC, State.REQUESTED, null, "i0", null, 0));
        assertThat(moved.asks()).hasSize(farewell.size() + 1);
        assertThat(moved.asks().subList(0, farewell.size())).isEqualTo(farewell);
        assertThat(moved.asks().getLast())
                .isEqualTo(new WebSubPlan.Ask(FeedPush.Kind.SUBSCRIBE, OTHER_HUB, TOPIC, "i0"));
    }

    @Test
    void subscribesAnewWhatWasMadeWithAnotherSecret() {
        var stale = new WebSub(HUB, TOPIC, State.ACTIVE, NOW.plusSeconds(9999), "?", null, 0);
        assertThat(WebSubPlan.stale(stale, ids)).isTrue();
        assertThat(WebSubPlan.stale(state("ACTIVE", 5, 60L, 0), ids)).isFalse();
        var step = plan.afterPoll(stale, TARGET, 0, ids, NOW);
        assertThat(step.state()).extracting(WebSub::state).isEqualTo(State.REQUESTED);
        assertThat(step.asks()).extracting(WebSubPlan.Ask::kind).containsExactly(FeedPush.Kind.SUBSCRIBE);
    }

    @ParameterizedTest(name = "{0}, lease {1} min, doubt {2} min ago: {3}")
    @CsvSource(textBlock = """
            # state   lease ends in  doubt since  next poll in min
            ACTIVE   ,  100000      ,            , 1440
            ACTIVE   ,     990      ,            , 790
            ACTIVE   ,  100000      ,      0     , 15
            ACTIVE   ,  100000      ,      5     , 10
            REQUESTED,              ,            ,
            EXPIRED  ,              ,            ,
            DENIED   ,              ,            ,
            """)
    void auditsWhileTheHubLives(String state, @Nullable Long lease, @Nullable Long doubt, @Nullable Long next) {
        var watch =
                doubt == null ? Watch.NOTHING : Watch.NOTHING.plus(List.of(1), NOW.minus(Duration.ofMinutes(doubt)));
        var at = plan.nextPoll(state(state, 10, lease, 0), watch, ids, NOW.plus(Duration.ofHours(24)));
        assertThat(at).isEqualTo(next == null ? null : NOW.plus(Duration.ofMinutes(next)));
    }

    private static FeedPush said(FeedPush.Kind kind, String id, @Nullable Long lease) {
        return new FeedPush("1.0", FEED, kind, NOW, id, lease, null, null, null);
    }

    @ParameterizedTest(name = "{0} hears {1} of {2} for {3} s: {4}")
    @CsvSource(textBlock = """
            # state   what          id   lease s   becomes  lease ends in s
            REQUESTED, SUBSCRIBED  , i5 , 3600    , ACTIVE , 3600
            REQUESTED, SUBSCRIBED  , i5 ,         , ACTIVE , 864000
            REQUESTED, SUBSCRIBED  , i5 , 9999999 , ACTIVE , 1209600
            REQUESTED, SUBSCRIBED  , i6 , 3600    ,        ,
            ACTIVE   , SUBSCRIBED  , i5 , 3600    , ACTIVE , 3600
            DENIED   , SUBSCRIBED  , i5 , 3600    ,        ,
            EXPIRED  , SUBSCRIBED  , i5 , 3600    ,        ,
            -        , SUBSCRIBED  , i5 , 3600    ,        ,
            REQUESTED, DENIED      , i5 ,         , DENIED ,
            ACTIVE   , DENIED      , i5 ,         , DENIED ,
            ACTIVE   , DENIED      , i6 ,         ,        ,
            ACTIVE   , UNSUBSCRIBED, i5 ,         , EXPIRED,
            ACTIVE   , UNSUBSCRIBED, i6 ,         ,        ,
            -        , UNSUBSCRIBED, i5 ,         ,        ,
            """)
    void hearsTheHubOnlyOfTheSubscriptionInForce(
            String state,
            FeedPush.Kind kind,
            String id,
            @Nullable Long lease,
            @Nullable State becomes,
            @Nullable Long ends) {
        var after = plan.afterWord(state(state, 5, 10L, 1), said(kind, id, lease), ids);
        if (becomes == null) {
            assertThat(after).isNull();
            return;
        }
        assertThat(requireNonNull(after).state()).isEqualTo(becomes);
        assertThat(after.leaseExpiresAt()).isEqualTo(ends == null ? null : NOW.plusSeconds(ends));
    }

    @Test
    void aDenialPausesFromTheDenialOn() {
        var denied = plan.afterWord(state("ACTIVE", 9000, 60L, 0), said(FeedPush.Kind.DENIED, "i9000", null), ids);
        assertThat(plan.afterPoll(denied, TARGET, 0, ids, NOW.plus(Duration.ofDays(6)))
                        .asks())
                .isEmpty();
        assertThat(plan.afterPoll(denied, TARGET, 0, ids, NOW.plus(Duration.ofDays(7)))
                        .asks())
                .hasSize(1);
    }

    @Test
    void newsOfAPushMakeUpForMisses() {
        var was = requireNonNull(state("ACTIVE", 5, 60L, 2));
        assertThat(WebSubPlan.afterPush(was, false, NOW).missedPushes()).isEqualTo(2);
        assertThat(WebSubPlan.afterPush(was, true, NOW))
                .isEqualTo(new WebSub(HUB, TOPIC, State.ACTIVE, was.leaseExpiresAt(), "i5", NOW, 0));
    }

    @Test
    void watchTellsWhatNoPushHasBrought() {
        var watch = Watch.from(NOW).plus(List.of(1, 2, 3), NOW).plus(List.of(3, 4), NOW.plusSeconds(60));
        assertThat(watch.oldest()).isEqualTo(NOW);
        assertThat(watch.overdue(NOW.minusSeconds(1))).isZero();
        assertThat(watch.without(List.of(2, 9)).overdue(NOW)).isEqualTo(2);
        var later = watch.withoutOverdue(NOW);
        assertThat(later.oldest()).isEqualTo(NOW.plusSeconds(60));
        assertThat(later.since()).isEqualTo(NOW);
    }
}
