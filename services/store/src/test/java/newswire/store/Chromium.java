package newswire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The system's Chromium, nothing of which is downloaded. Where it is missing, the tests that need it are skipped. */
final class Chromium implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Path BINARY = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "page");

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeThat(BINARY)
                .as("the pages are tested in Debian's chromium: apt-get install chromium")
                .exists();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(BINARY)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        assertThat(complaints)
                .as("what the browser has to say about the pages' files and rules")
                .isEmpty();
        complaints.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (playwright != null) {
            playwright.close();
        }
    }

    /** A window on a store. */
    Page open(URI base) {
        return open(base, new Browser.NewContextOptions());
    }

    Page open(URI base, Browser.NewContextOptions options) {
        if (browser == null) {
            throw new IllegalStateException("not started");
        }
        var context = browser.newContext(options.setBaseURL(base.toString()).setLocale("en-GB"));
        contexts.add(context);
        var page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** A window without scripts. */
    Page openWithoutScript(URI base) {
        return open(base, new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }

    /** Looks at a page as it is on a desk and on a phone, by day and by night; leaves pictures of it in {@code target/page}. */
    static void inspect(Page page, String name) {
        for (int width : new int[] {1280, 360}) {
            page.setViewportSize(width, 900);
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(PICTURES.resolve("%s-%d-%s.png".formatted(name, width, scheme))));
                assertThat(new AxeBuilder(page)
                                .analyze().getViolations().stream()
                                        .flatMap(rule -> rule.getNodes().stream()
                                                .map(node -> rule.getId() + ": " + node.getHtml() + " "
                                                        + node.getFailureSummary())))
                        .as(name + " at " + width + ", " + scheme)
                        .isEmpty();
            }
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(name + " is not wider than its window")
                    .isEqualTo(width);
        }
    }
}
