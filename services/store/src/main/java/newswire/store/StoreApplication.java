package newswire.store;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Canonical articles → PostgreSQL → HTTP. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class StoreApplication {
    /** Runs the service until it is stopped. */
    public static void main(String... args) {
        run(args);
    }

    /** Starts the service in this JVM. */
    public static ConfigurableApplicationContext run(String... args) {
        return new SpringApplicationBuilder(StoreApplication.class)
                .properties("spring.config.name=store")
                .run(args);
    }
}
