package service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import service.flags.FlagFile;

/**
 * The real service on a port of its own, with the committed flags or some of them forced to a
 * variant.
 */
final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningService start(Map<String, String> forced, Class<?>... parts) {
        List<Class<?>> sources = new ArrayList<>(List.of(parts));
        sources.add(Application.class);
        return new RunningService(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .run(
                        "--server.port=0",
                        "--service.shutdown.drain=0ms",
                        "--service.shutdown.deadline=5m",
                        "--service.flags.file=" + FlagFile.with(forced)));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /**
     * Sends a request.
     *
     * @param headers names and values in turn
     */
    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    @Override
    public void close() {
        context.close();
    }
}
