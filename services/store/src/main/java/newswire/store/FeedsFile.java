package newswire.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Adds the feeds of the file that {@link StoreProperties#feeds()} names, at start. */
@Component
class FeedsFile implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(FeedsFile.class);

    private final Feeds feeds;
    private final StoreProperties properties;

    FeedsFile(Feeds feeds, StoreProperties properties) {
        this.feeds = feeds;
        this.properties = properties;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var file = properties.feeds();
        if (file != null) {
            add(file);
        }
    }

    private void add(Path file) {
        try (var document = Files.newInputStream(file)) {
            var opml = Opml.read(document, InstantSource.system().instant());
            int added = feeds.addAll(opml.feeds());
            log.info(
                    "Feeds file read, added={} known={} refused={} file={}",
                    added,
                    opml.feeds().size() - added,
                    opml.refused().size(),
                    file);
            opml.refused()
                    .forEach(outline -> log.warn(
                            "Outline refused, line={} reason={} file={}", outline.line(), outline.reason(), file));
        } catch (NoSuchFileException ex) {
            throw failure(file, "there is no such file");
        } catch (IOException | IllegalArgumentException ex) {
            throw failure(file, String.valueOf(ex.getMessage()));
        }
    }

    private static StartFailure failure(Path file, String reason) {
        return new StartFailure(
                "The feeds file '" + file + "' cannot be read: " + reason,
                "Name an OPML file by store.feeds, or leave it out.");
    }
}
