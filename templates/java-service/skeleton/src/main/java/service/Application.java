package service;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The service: its parts are found by package, its settings are in {@code application.yaml}. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Application {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
        // The JVM reports a handled SIGTERM as 143, though an orderly end is a success. Not before
        // this line: a start that
        // fails ends with 1.
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
