package service.flags;

import dev.openfeature.contrib.providers.unleash.UnleashProvider;
import dev.openfeature.contrib.providers.unleash.UnleashProviderConfig;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.exceptions.GeneralError;
import io.getunleash.UnleashException;
import io.getunleash.event.ClientFeaturesResponse;
import io.getunleash.event.UnleashSubscriber;
import io.getunleash.util.UnleashConfig;
import io.getunleash.util.UnleashScheduledExecutorImpl;
import java.time.Duration;
import service.Settings;

/**
 * The Unleash provider, which by itself is ready at once. This one waits for the first answer of
 * the server, is in error without one, and becomes ready when one comes: the server is asked every
 * five seconds.
 */
final class UnleashFlags extends UnleashProvider {

    private static final long INTERVAL_SECONDS = 5;

    private final State state;

    private UnleashFlags(UnleashProviderConfig config, State state) {
        super(config);
        this.state = state;
    }

    /**
     * Builds the provider.
     *
     * @param deadline how long connecting to the server and reading from it may take
     */
    static UnleashFlags of(Settings.Flags.Unleash settings, Duration deadline) {
        return of(settings, deadline, INTERVAL_SECONDS);
    }

    /** The same with another pace, for tests. */
    static UnleashFlags of(Settings.Flags.Unleash settings, Duration deadline, long intervalSeconds) {
        State state = new State();
        UnleashConfig.Builder config = UnleashConfig.builder()
                .unleashAPI(settings.url())
                .appName(settings.appName())
                .fetchTogglesInterval(intervalSeconds)
                .fetchTogglesConnectTimeout(deadline)
                .fetchTogglesReadTimeout(deadline)
                .synchronousFetchOnInitialisation(true)
                // Thrown, it would end the polling too; the state tells as well.
                .startupExceptionHandler(state::onError)
                .subscriber(state)
                // The one all clients share ends with the first of them.
                .scheduledExecutor(new UnleashScheduledExecutorImpl());
        if (!settings.token().isEmpty()) {
            config.apiKey(settings.token());
        }
        UnleashFlags unleash = new UnleashFlags(
                UnleashProviderConfig.builder().unleashConfigBuilder(config).build(), state);
        state.provider = unleash;
        return unleash;
    }

    @Override
    public void initialize(EvaluationContext context) throws Exception {
        super.initialize(context);
        if (!state.answered) {
            throw new GeneralError("Unleash does not answer");
        }
    }

    /** What is known of the server. */
    private static final class State implements UnleashSubscriber {

        private volatile boolean answered;
        private volatile UnleashFlags provider;

        @Override
        public void togglesFetched(ClientFeaturesResponse response) {
            answers(response.getStatus() != ClientFeaturesResponse.Status.UNAVAILABLE);
        }

        @Override
        public void onError(UnleashException error) {
            answers(false);
        }

        private synchronized void answers(boolean now) {
            if (now != answered) {
                answered = now;
                ProviderEvent event = now ? ProviderEvent.PROVIDER_READY : ProviderEvent.PROVIDER_STALE;
                provider.emit(event, ProviderEventDetails.builder().build());
            }
        }
    }
}
