package newswire.store;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Writes the pages. Each template in {@code src/main/jte} has become a class of this package when the store was built. */
@Component
class Templates {
    private static final int USUAL_LENGTH = 16 * 1024;

    /** Changes with the files that the pages load, so that a browser may keep these for long. */
    static final String FILES = checksum("newswire.css", "newswire.js");

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, Templates.class.getPackageName());

    /**
     * A page as HTML.
     *
     * @param template its name without an ending
     * @param page its one parameter
     */
    String html(String template, Object page) {
        var html = new StringOutput(USUAL_LENGTH);
        engine.render(template + ".jte", page, html);
        return html.toString();
    }

    private static String checksum(String... files) {
        var sum = new CRC32();
        for (var file : files) {
            try (var content = new ClassPathResource("newswire/store/static/" + file).getInputStream()) {
                sum.update(content.readAllBytes());
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
