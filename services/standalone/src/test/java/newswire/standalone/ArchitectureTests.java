package newswire.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;

/** The architecture as sentences, each of which fails the build when it stops being true. */
@AnalyzeClasses(packages = "newswire", importOptions = ArchitectureTests.Product.class)
class ArchitectureTests {
    private static final String CONTRACT = "newswire.contract";
    private static final String CONTRACT_KAFKA = "newswire.contract.kafka..";
    private static final String FETCHER = "newswire.fetcher..";
    private static final String NORMALIZER = "newswire.normalizer..";
    private static final String STORE = "newswire.store..";
    private static final String STANDALONE = "newswire.standalone..";

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.InstantSource.system");

    @ArchTest
    static final ArchRule theFetcherKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(FETCHER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NORMALIZER, STORE, STANDALONE);

    @ArchTest
    static final ArchRule theNormalizerKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(NORMALIZER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FETCHER, STORE, STANDALONE);

    @ArchTest
    static final ArchRule theStoreKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FETCHER, NORMALIZER, STANDALONE);

    @ArchTest
    static final ArchRule theContractKnowsNoService = noClasses()
            .that()
            .resideInAnyPackage(CONTRACT, CONTRACT_KAFKA)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FETCHER, NORMALIZER, STORE, STANDALONE);

    @ArchTest
    static final ArchRule theRecordsKnowNoFramework = classes()
            .that()
            .resideInAPackage(CONTRACT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", CONTRACT, "org.jspecify..", "com.google.common.net..");

    @ArchTest
    static final ArchRule aServiceShowsOnlyItsApplication = classes()
            .that()
            .resideInAnyPackage(FETCHER, NORMALIZER, STORE)
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should()
            .haveSimpleNameEndingWith("Application")
            .orShould()
            .haveFullyQualifiedName("newswire.normalizer.BoundedRocksDb")
            .orShould()
            .haveNameMatching("newswire\\.store\\.Jte\\w+Generated")
            .because("Kafka makes the one exception by reflection, and the templates' classes are generated so");

    @ArchTest
    static final ArchRule standaloneUsesServicesByTheirDoorsOnly = noClasses()
            .that()
            .resideInAPackage(STANDALONE)
            .should()
            .dependOnClassesThat(inAnyService().and(not(belongTo(simpleNameEndingWith("Application")))));

    private static DescribedPredicate<JavaClass> inAnyService() {
        return resideInAPackage(FETCHER).or(resideInAPackage(NORMALIZER)).or(resideInAPackage(STORE));
    }

    @ArchTest
    static final ArchRule nobodyReadsFeedsWithRome =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.rometools..");

    @ArchTest
    static final ArchRule jsoupIsAtHomeInHtml = onlyHome("org.jsoup..", NORMALIZER, startingWith("Html", "BlockWalk"));

    @ArchTest
    static final ArchRule luceneIsAtHomeInTheAnalyzers =
            onlyHome("org.apache.lucene..", STORE, startingWith("WordAnalyzer"));

    @ArchTest
    static final ArchRule jdomIsAtHomeInTheReadersOfXml = noClasses()
            .that(not(belongTo(resideInAPackage(FETCHER)
                    .and(startingWith("Xml", "EntryDigest", "FeedDocument", "OptionalValues")))))
            .and(not(belongTo(resideInAPackage(NORMALIZER)
                    .and(startingWith("XmlTree", "Vocabulary").or(simpleNameEndingWith("Reader"))))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jdom2..");

    @ArchTest
    static final ArchRule sqlIsAtHomeInTheTables = noClasses()
            .that(not(belongTo(resideInAPackage(STORE)
                    .and(simpleNameEndingWith("Table")
                            .or(startingWith("ArticleSearch", "IngestOffsets", "DurabilityCheck", "SqlFault"))))))
            .and()
            .resideOutsideOfPackage(STANDALONE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.postgresql..");

    @ArchTest
    static final ArchRule otherPeoplesServersAreMetByTheClientsOnly = noClasses()
            .that(not(belongTo(resideInAPackage(FETCHER)
                    .and(startingWith(
                            "BareHttp", "FeedClient", "HubClient", "Answer", "AddressGuard", "FetchProblems")))))
            .and(not(belongTo(resideInAPackage(STORE).and(simpleName("WebhookClient")))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule robotsRulesHaveOneReader = onlyHome("crawlercommons..", FETCHER, startingWith("RobotsRules"));

    @ArchTest
    static final ArchRule springMvcIsAtHomeInTheControllers = noClasses()
            .that(not(belongTo(resideInAPackage(STORE)
                    .and(simpleNameEndingWith("Controller")
                            .or(startingWith("AccessFilter", "Problems", "Refusal", "SecurityHeaders"))))))
            .and(not(belongTo(resideInAPackage(FETCHER).and(simpleName("WebSubController")))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.web..");

    @ArchTest
    static final ArchRule theNormalizersCoreKnowsNoSpring = noClasses()
            .that()
            .resideInAPackage(NORMALIZER)
            .and(not(belongTo(startingWith("NormalizerApplication", "NormalizerProperties", "StreamsLifecycle"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule theFetchersCoreKnowsNoSpringAndNoKafka = noClasses()
            .that()
            .resideInAPackage(FETCHER)
            .and(belongTo(startingWith(
                    "Xml",
                    "Json",
                    "Charsets",
                    "FeedDocument",
                    "EntryDigest",
                    "SeenEntries",
                    "RobotsRules",
                    "PagePolicy",
                    "Gaps",
                    "OlderParts",
                    "Silence",
                    "PollSchedule",
                    "PollHistory",
                    "Backoff",
                    "Hints",
                    "NextState",
                    "HostBudget",
                    "DueQueue",
                    "WebSubPlan",
                    "Watch",
                    "Callbacks",
                    "PushSignature",
                    "HubNames",
                    "LinkHeader")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule theNormalizerReadsNoClock = noClasses()
            .that()
            .resideInAPackage(NORMALIZER)
            .and(not(belongTo(simpleName("StreamsLifecycle"))))
            .should()
            .callMethodWhere(readsAClock());

    @ArchTest
    static final ArchRule theTimeComesFromOutside = noClasses()
            .that()
            .resideOutsideOfPackage(STANDALONE)
            .and(not(belongTo(startingWith(
                    "KafkaContractAutoConfiguration",
                    "FetcherConfiguration",
                    "FeedController",
                    "FeedEditController",
                    "FeedPageController",
                    "FeedsPageController",
                    "FeedsFile"))))
            .should()
            .callMethodWhere(readsAClock());

    @ArchTest
    static final ArchRule dependenciesComeThroughConstructors = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule onlyTheCommandLineUsesStandardStreams =
            noClasses().that().resideOutsideOfPackage(STANDALONE).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule logsGoThroughSlf4j = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule namesSayTheThing = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO|Mapper)")
            .orShould()
            .haveNameMatching(".*\\.Abstract[A-Z]\\w*");

    private static ArchRule onlyHome(String library, String service, DescribedPredicate<JavaClass> home) {
        return noClasses()
                .that(not(belongTo(resideInAPackage(service).and(home))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static DescribedPredicate<JavaMethodCall> readsAClock() {
        return describe(
                "read a clock", call -> CLOCKS.contains(call.getTargetOwner().getName() + "." + call.getName()));
    }

    private static DescribedPredicate<JavaClass> startingWith(String first, String... others) {
        DescribedPredicate<JavaClass> any = simpleNameStartingWith(first);
        for (var other : others) {
            any = any.or(simpleNameStartingWith(other));
        }
        return any;
    }

    /** What is built from the modules' main sources. */
    static final class Product implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }
}
