package flags

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/Unleash/unleash-go-sdk/v6"
	"github.com/Unleash/unleash-go-sdk/v6/api"
	unleashcontext "github.com/Unleash/unleash-go-sdk/v6/context"
	"github.com/open-feature/go-sdk/openfeature"

	"service/internal/config"
)

// unleashProvider answers boolean flags from the toggles of an Unleash server: a toggle that is enabled for the target
// is on. Unleash knows no other types, and its variants are not used.
type unleashProvider struct {
	openfeature.NoopProvider

	options  []unleash.ConfigOption
	deadline time.Duration
	client   atomic.Pointer[unleash.Client]
}

func newUnleashProvider(c config.Flags, service string) *unleashProvider {
	return &unleashProvider{
		deadline: c.Deadline,
		options: []unleash.ConfigOption{
			unleash.WithUrl(c.Unleash.URL),
			unleash.WithAppName(service),
			unleash.WithCustomHeaders(http.Header{"Authorization": {c.Unleash.APIToken}}),
			unleash.WithHttpClient(&http.Client{Timeout: 5 * time.Second}),
			unleash.WithStorage(noBackup{}),
		},
	}
}

// Metadata names the provider.
func (p *unleashProvider) Metadata() openfeature.Metadata {
	return openfeature.Metadata{Name: "unleash"}
}

// Init fetches the toggles and follows their changes from then on.
func (p *unleashProvider) Init(openfeature.EvaluationContext) error {
	first := &firstAnswer{ready: make(chan struct{}), failed: make(chan error, 1)}
	client, err := unleash.NewClient(append(p.options, unleash.WithListener(first))...)
	if err != nil {
		return err
	}
	p.client.Store(client)
	select {
	case <-first.ready:
		return nil
	case err := <-first.failed:
		return err
	case <-time.After(p.deadline):
		return errNotReady
	}
}

// Shutdown stops following.
func (p *unleashProvider) Shutdown() {
	if client := p.client.Swap(nil); client != nil {
		_ = client.Close() // it is always nil
	}
}

// BooleanEvaluation tells whether the toggle is enabled for the target.
func (p *unleashProvider) BooleanEvaluation(
	_ context.Context, flag string, fallback bool, target openfeature.FlattenedContext,
) openfeature.BoolResolutionDetail {
	client := p.client.Load()
	if client == nil {
		return unresolved(fallback, openfeature.NewProviderNotReadyResolutionError(errNotReady.Error()))
	}
	isKnown := true
	user, _ := target[openfeature.TargetingKey].(string)
	enabled := client.IsEnabled(flag, unleash.FeatureOptions{
		Ctx: unleashcontext.Context{UserId: user},
		FallbackFunc: func(string, *unleashcontext.Context) bool {
			isKnown = false
			return fallback
		},
	})
	if !isKnown {
		return unresolved(fallback, openfeature.NewFlagNotFoundResolutionError("Unleash has no toggle of this name"))
	}
	variant := "off"
	if enabled {
		variant = "on"
	}
	return openfeature.BoolResolutionDetail{
		Value: enabled,
		ProviderResolutionDetail: openfeature.ProviderResolutionDetail{
			Reason: openfeature.TargetingMatchReason, Variant: variant,
		},
	}
}

func unresolved(value bool, err openfeature.ResolutionError) openfeature.BoolResolutionDetail {
	return openfeature.BoolResolutionDetail{
		Value: value,
		ProviderResolutionDetail: openfeature.ProviderResolutionDetail{
			Reason: openfeature.ErrorReason, ResolutionError: err,
		},
	}
}

// firstAnswer tells how the first fetch of the toggles ended.
type firstAnswer struct {
	once   sync.Once
	ready  chan struct{}
	failed chan error
}

func (f *firstAnswer) OnReady()  { f.once.Do(func() { close(f.ready) }) }
func (f *firstAnswer) OnUpdate() {}

func (f *firstAnswer) OnError(err error) {
	select {
	case f.failed <- err:
	default:
	}
}

func (f *firstAnswer) OnWarning(error) {}

// noBackup keeps toggles in memory only: the service's file system is read-only.
type noBackup struct{}

func (noBackup) Init(string, string) {}

func (noBackup) Load() (*api.FeatureResponse, error) {
	return nil, errors.New("toggles are not kept on disk")
}

func (noBackup) Persist(*api.FeatureResponse) error { return nil }
