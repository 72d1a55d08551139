package newswire.store;

import java.util.UUID;
import newswire.contract.Article;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills the tables anew at start, if {@link StoreProperties#rebuild()} says so, before anything is read from the topics. */
@Component
class Rebuild implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(Rebuild.class);
    private static final int BATCH = 500;

    private final RebuildTable table;
    private final ArticleTable articles;
    private final TransactionTemplate transaction;
    private final boolean wanted;

    Rebuild(RebuildTable table, ArticleTable articles, TransactionTemplate transaction, StoreProperties properties) {
        this.table = table;
        this.articles = articles;
        this.transaction = transaction;
        this.wanted = properties.rebuild();
    }

    @Override
    public void afterPropertiesSet() {
        if (wanted) {
            run();
        }
    }

    void run() {
        transaction.executeWithoutResult(_ -> table.empty());
        long count = 0;
        @Nullable UUID last = null;
        while (true) {
            var batch = table.latestAfter(last, BATCH);
            if (batch.isEmpty()) {
                log.info("Articles filled from their history; the topics follow, articles={}", count);
                return;
            }
            transaction.executeWithoutResult(_ -> articles.save(batch));
            count += batch.size();
            last = id(batch.getLast());
        }
    }

    private static UUID id(Consumed<Article> record) {
        return UUID.fromString(record.key());
    }
}
