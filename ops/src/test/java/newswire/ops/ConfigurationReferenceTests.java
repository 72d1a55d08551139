package newswire.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/configuration.md} has every setting once, as the services' records say it. */
class ConfigurationReferenceTests {
    private static final Path PAGE = Manifests.ROOT.resolve("docs/configuration.md");
    private static final Pattern PART =
            Pattern.compile("(<!-- settings of the services[^\n]*-->\n).*?(<!-- end -->)", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)(:[^}]*)?}");

    private static final List<Setting> SETTINGS = Setting.all();

    @Test
    void thePageHasWhatTheRecordsSay() throws IOException {
        var page = Files.readString(PAGE);
        var part = PART.matcher(page);
        assertThat(part.find()).as("the generated part").isTrue();
        var expected =
                page.substring(0, part.start()) + part.group(1) + table() + part.group(2) + page.substring(part.end());
        if (Boolean.getBoolean("newswire.docs.write")) {
            Files.writeString(PAGE, expected);
        } else {
            assertThat(page)
                    .as("mvn test -pl ops -am -Dtest=ConfigurationReferenceTests"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dnewswire.docs.write=true rewrites it")
                    .isEqualTo(expected);
        }
    }

    private static String table() {
        return "\n| setting, variable | value | default | |\n|---|---|---|---|\n"
                + SETTINGS.stream().map(ConfigurationReferenceTests::row).collect(Collectors.joining()) + "\n";
    }

    private static String row(Setting setting) {
        var byDefault = setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`";
        return "| `%s`<br>`%s` | %s | %s | %s |\n"
                .formatted(setting.name(), setting.variable(), setting.unit(), byDefault, setting.meaning());
    }

    @Test
    void everyServiceHasItsSettingsThere() {
        assertThat(SETTINGS)
                .extracting(setting -> setting.name().replaceFirst("\\..*", ""))
                .contains("fetcher", "newswire", "normalizer", "store");
    }

    @ParameterizedTest
    @FieldSource("SETTINGS")
    void everySettingHasAMeaningAndAUnit(Setting setting) {
        assertThat(setting.meaning()).as("@param of the record").isNotBlank();
        assertThat(setting.unit()).as("how the value is written").doesNotContain(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contract/src/main/resources/kafka-contract.yml",
                "fetcher/src/main/resources/fetcher.yml",
                "normalizer/src/main/resources/normalizer.yml",
                "store/src/main/resources/store.yml"
            })
    void everyVariableOfTheServicesFilesIsOnThePage(String file) throws IOException {
        var page = Files.readString(PAGE);
        var yaml = Files.readString(Manifests.ROOT.resolve("services").resolve(file));
        assertThat(PLACEHOLDER.matcher(yaml).results().map(found -> found.group(1)))
                .allSatisfy(variable -> assertThat(page).contains("`" + variable + "`"));
    }
}
