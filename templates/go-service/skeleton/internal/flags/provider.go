package flags

import (
	"fmt"
	"os"

	flagd "github.com/open-feature/go-sdk-contrib/providers/flagd/pkg"
	"github.com/open-feature/go-sdk/openfeature"

	"service/internal/config"
)

// NewFactory returns what builds the provider that the configuration asks for. All of them evaluate in the process, so
// that no request ever waits for a flag: `file` reads the flag file and follows its changes, `flagd` is fed by a
// flagd's sync stream, addressed by flagd's own variables (FLAGD_HOST, FLAGD_PORT, FLAGD_TLS…), and `unleash` fetches
// from an Unleash server.
func NewFactory(c config.Flags, service string) Factory {
	deadline := int(c.Deadline.Milliseconds())
	switch c.Provider {
	case config.ProviderFlagd:
		return func() (openfeature.FeatureProvider, error) {
			return flagd.NewProvider(flagd.WithInProcessResolver(), flagd.WithDeadline(deadline))
		}
	case config.ProviderUnleash:
		return func() (openfeature.FeatureProvider, error) {
			return newUnleashProvider(c, service), nil
		}
	default:
		return func() (openfeature.FeatureProvider, error) {
			if _, err := os.Stat(c.File); err != nil {
				return nil, fmt.Errorf("flag file: %w", err)
			}
			return flagd.NewProvider(
				flagd.WithFileResolver(), flagd.WithOfflineFilePath(c.File), flagd.WithDeadline(deadline),
			)
		}
	}
}
