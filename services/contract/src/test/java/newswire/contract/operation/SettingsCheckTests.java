package newswire.contract.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A setting that nothing reads ends the start, and the one that was meant is named. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsCheckTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paper.printer.page-interval=1s",
                "paper.printer.pageInterval=1s",
                "paper.printer.page_interval=1s",
                "PAPER.PRINTER.PAGEINTERVAL=1s",
                "paper.inks=a,b",
                "paper.inks[0]=a",
                "paper.names.anything=1",
                "newswire.ledger.size=3",
                "pencil.length=1",
                "papers.please=1",
            })
    void whatIsReadInAnySpellingAndWhatIsOfOthersIsPassedOver(String setting) {
        assertThatCode(() -> start("--" + setting)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # setting                      , meant
        paper.printer.page-intervall   , paper.printer.page-interval
        paper.printr.page-interval     , paper.printer.page-interval
        paper.page-interval            , paper.printer.page-interval
        paper.ink[0]                   , paper.inks
        newswire.legder.size           , newswire.ledger.size
        """)
    void aMisspeltSettingIsRefusedWithTheOneThatWasMeant(String setting, String meant) {
        assertThatThrownBy(() -> start("--" + setting + "=1"))
                .isInstanceOf(UnknownSettingsException.class)
                .hasMessage(
                        "Nothing reads the setting '%s' (from commandLineArgs). Did you mean '%s'?", setting, meant);
    }

    @Test
    void amongTheJvmsPropertiesOnlyOurWholePrefixesAreOurs() {
        var settings = new StandardEnvironment();
        settings.getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                        new MapPropertySource(
                                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                                Map.of("newswire.build", "1", "newswire.ledger.sise", "1")));
        assertThatThrownBy(() -> application(settings).run())
                .hasMessage("Nothing reads the setting 'newswire.ledger.sise' (from systemProperties)."
                        + " Did you mean 'newswire.ledger.size'?");
    }

    @Test
    void withoutANearOneNoneIsNamed() {
        assertThatThrownBy(() -> start("--paper.weather=1"))
                .hasMessage("Nothing reads the setting 'paper.weather' (from commandLineArgs).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PAPER_PRINTER_PAGE_INTERVAL",
                "PAPER_PRINTER_PAGEINTERVAL",
                "PAPER_INKS_0",
                "PAPER_NAMES_ANYTHING",
                "PAPER_SERVICE_HOST",
                "PAPER_SERVICE_PORT_HTTP",
                "PAPER_PORT",
                "PAPER_PORT_80_TCP_ADDR",
                "NEWSWIRE_JAVA_OPTS",
                "PAPERS",
            })
    void variablesThatAreReadOrOfOthersArePassedOver(String variable) {
        assertThatCode(() -> start(Map.of(variable, "1"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # variable                     , meant
        PAPER_PRINTER_PAGE_INTERVALS   , paper.printer.page-interval
        PAPER_PRINTER_PAGES_INTERVAL   , paper.printer.page-interval
        NEWSWIRE_LEDGER_SISE           , newswire.ledger.size
        """)
    void aMisspeltVariableIsRefused(String variable, String meant) {
        assertThatThrownBy(() -> start(Map.of(variable, "1")))
                .hasMessageContaining("'" + variable + "'")
                .hasMessageEndingWith("Did you mean '%s'?", meant);
    }

    @Test
    void theReasonIsPrintedAndTheValueIsNot(CapturedOutput output) {
        assertThatThrownBy(() -> start("--paper.pasword=hush")).isInstanceOf(UnknownSettingsException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("'paper.pasword'")
                .contains("docs/configuration.md")
                .doesNotContain("hush");
    }

    private static void start(String... arguments) {
        application(new StandardEnvironment()).run(arguments).close();
    }

    private static void start(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        var source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(source, new SystemEnvironmentPropertySource(source, variables));
        application(environment).run().close();
    }

    private static SpringApplicationBuilder application(ConfigurableEnvironment environment) {
        return new SpringApplicationBuilder(Desk.class).environment(environment).web(WebApplicationType.NONE);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(OperationAutoConfiguration.class)
    @EnableConfigurationProperties({PaperProperties.class, LedgerProperties.class})
    static class Desk {}

    @ConfigurationProperties("paper")
    record PaperProperties(
            @DefaultValue Printer printer,
            @DefaultValue List<URI> inks,
            @DefaultValue Map<String, String> names,
            @DefaultValue("x") String password) {
        PaperProperties {
            inks = List.copyOf(inks);
            names = Map.copyOf(names);
        }
    }

    record Printer(
            @DefaultValue("1s") Duration pageInterval,
            @DefaultValue Set<Integer> trays) {
        Printer {
            trays = Set.copyOf(trays);
        }
    }

    @ConfigurationProperties("newswire.ledger")
    record LedgerProperties(@DefaultValue("1") int size) {}
}
