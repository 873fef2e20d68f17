package service.flags;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.FeatureProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The committed flag file, as it is or with some of its flags forced to a variant. */
public final class FlagFile {

    /** Where it is. */
    public static final Path PATH = Path.of("flags/flags.json");

    private static final JsonMapper json = new JsonMapper();

    private FlagFile() {}

    /** The flags of the file by their keys. */
    static JsonNode flags() {
        return json.readTree(PATH.toFile()).get("flags");
    }

    /** The real evaluation of flagd, on the committed file. */
    public static FeatureProvider provider() {
        return provider(PATH);
    }

    /** The real evaluation of flagd, on the committed file with some flags forced to a variant. */
    public static FeatureProvider provider(Map<String, String> forced) {
        return provider(with(forced));
    }

    /**
     * A copy of the committed file with other default variants.
     *
     * @param forced variants, {@code on} or {@code off}, by the key of the flag
     */
    public static Path with(Map<String, String> forced) {
        ObjectNode file = (ObjectNode) json.readTree(PATH.toFile());
        forced.forEach((key, variant) -> {
            JsonNode flag = file.get("flags").path(key);
            if (!flag.path("variants").has(variant)) {
                throw new IllegalArgumentException("No flag " + key + " with a variant " + variant);
            }
            ((ObjectNode) flag).put("defaultVariant", variant);
        });
        try {
            Path changed = Files.createTempFile("flags", ".json");
            changed.toFile().deleteOnExit();
            return Files.writeString(changed, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FeatureProvider provider(Path file) {
        return provider(file, Duration.ofSeconds(20));
    }

    static FeatureProvider provider(Path file, Duration deadline) {
        return new FlagdProvider(FlagdOptions.builder()
                .resolverType(Config.Resolver.FILE)
                .offlineFlagSourcePath(file.toString())
                .deadline((int) deadline.toMillis())
                .build());
    }
}
