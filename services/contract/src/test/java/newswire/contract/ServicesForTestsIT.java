package newswire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The services that the other modules' tests stand on. */
class ServicesForTestsIT {

    @Test
    void brokerTakesTransactions() throws Exception {
        try (var kafka = TestServices.freshKafka();
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).isEmpty();
            admin.createTopics(List.of(new NewTopic("a", 2, (short) 1))).all().get();
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "t", "max.block.ms", 20000);
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                var sent = producer.send(new ProducerRecord<>("a", "k", "v"));
                producer.commitTransaction();
                assertThat(sent.get().hasOffset()).isTrue();
            }
        }
    }

    @Test
    void brokerOfTheJvmStaysTheSame() {
        assertThat(TestServices.kafka()).isNotEmpty().isEqualTo(TestServices.kafka());
    }

    @Test
    void everyDatabaseIsNew() throws Exception {
        var one = TestServices.postgres();
        var other = TestServices.postgres();
        assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
        try (var connection = DriverManager.getConnection(one.jdbcUrl(), one.user(), one.password());
                var answer = connection
                        .createStatement()
                        .executeQuery("select current_setting('server_version_num')::int")) {
            answer.next();
            assertThat(answer.getInt(1)).isBetween(180_000, 189_999);
        }
        assertThat(one.springArguments()).contains("--spring.datasource.url=" + one.jdbcUrl());
    }
}
