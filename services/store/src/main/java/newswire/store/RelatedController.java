package newswire.store;

import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Articles that say nearly the same, two by two and in groups. */
@RestController
@RequestMapping("/api/articles/{id}")
class RelatedController {
    private final Clusters clusters;

    RelatedController(Clusters clusters) {
        this.clusters = clusters;
    }

    /** Articles that say nearly the same. */
    record RelatedArticles(List<Related> items) {}

    /** What others published of nearly the same text, or the same publisher again. */
    @GetMapping("/related")
    RelatedArticles related(@PathVariable UUID id) {
        return new RelatedArticles(clusters.near(id).orElseThrow(() -> Refusal.notFound("article", id)));
    }

    /** The group of copies that an article is in. */
    @GetMapping("/cluster")
    Clusters.Cluster cluster(@PathVariable UUID id) {
        return clusters.of(id).orElseThrow(() -> Refusal.notFound("article", id));
    }

    /** Takes an article out of its group: it stands alone until it is let in again. */
    @DeleteMapping("/cluster")
    ResponseEntity<Void> takeOut(@PathVariable UUID id) {
        return apart(id, true);
    }

    /** Lets an article that was taken out in again. */
    @PutMapping("/cluster")
    ResponseEntity<Void> letIn(@PathVariable UUID id) {
        return apart(id, false);
    }

    private ResponseEntity<Void> apart(UUID id, boolean apart) {
        if (!clusters.setApart(id, apart)) {
            throw Refusal.notFound("article", id);
        }
        return ResponseEntity.noContent().build();
    }
}
