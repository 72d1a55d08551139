package newswire.store;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's own description. */
@RestController
class OpenApiController {
    @GetMapping(path = "/api/openapi.yaml", produces = "application/yaml")
    Resource openApi() {
        return new ClassPathResource("newswire/store/openapi.yaml");
    }
}
