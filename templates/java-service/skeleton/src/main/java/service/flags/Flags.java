package service.flags;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only way the service asks for a flag. */
public final class Flags implements AutoCloseable {

    /** Every flag of this service, with the value that holds while no provider can tell. */
    public enum Flag {
        GREETINGS_ENABLED("greetings-enabled", true),
        TIME_OF_DAY_GREETING("time-of-day-greeting", false);

        private final String key;
        private final boolean fallback;

        Flag(String key, boolean fallback) {
            this.key = key;
            this.fallback = fallback;
        }

        /** Name in the flag file. */
        public String key() {
            return key;
        }

        /** What holds while no provider can tell. */
        public boolean fallback() {
            return fallback;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Flags.class);

    private final OpenFeatureAPI api;
    private final Client client;
    private final Map<Flag, ErrorCode> reported = new ConcurrentHashMap<>();

    private Flags(OpenFeatureAPI api) {
        this.api = api;
        this.client = api.getClient();
    }

    /**
     * Connects a provider. One that is down does not keep the service from starting: the fallbacks
     * hold until it is back, and what goes wrong is logged once per flag and reason.
     */
    public static Flags connect(FeatureProvider provider) {
        OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
        api.addHooks(new FlagEvents());
        try {
            api.setProviderAndWait(provider);
        } catch (OpenFeatureError e) {
            log.warn("Flag provider is down: flag defaults hold", e);
        }
        return new Flags(api);
    }

    /**
     * Whether the flag is on; its fallback when it cannot be told.
     *
     * @param targetingKey whom the flag is evaluated for
     */
    public boolean isOn(Flag flag, String targetingKey) {
        FlagEvaluationDetails<Boolean> details =
                client.getBooleanDetails(flag.key(), flag.fallback(), new ImmutableContext(targetingKey));
        ErrorCode error = details.getErrorCode();
        if (error == null) {
            reported.remove(flag);
        } else if (reported.put(flag, error) != error) {
            log.atWarn()
                    .addKeyValue("flag", flag.key())
                    .addKeyValue("reason", error)
                    .log("Flag cannot be evaluated: its default holds");
        }
        return details.getValue();
    }

    /** State of the provider, for the readiness answer. */
    public ProviderState state() {
        return client.getProviderState();
    }

    @Override
    public void close() {
        api.shutdown();
    }
}
