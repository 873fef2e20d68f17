// Package flags is the only place where the service asks for feature flags.
package flags

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
)

// A Factory builds a provider; a provider that could not start is not used again.
type Factory func() (openfeature.FeatureProvider, error)

// Flags has one method for each flag of flags/flags.json. The value written in the method is its default, which holds
// while no provider can tell: it must be the safe one.
type Flags struct {
	domain string
	client *openfeature.Client
	logger *slog.Logger
	retry  time.Duration

	mu       sync.Mutex
	reported map[string]openfeature.ErrorCode

	stop context.CancelFunc
	done sync.WaitGroup
}

// GreetingsEnabled is the kill switch of every greeting.
func (f *Flags) GreetingsEnabled(ctx context.Context, user string) bool {
	details, err := f.client.BooleanValueDetails(ctx, "greetings-enabled", true, target(user))
	return f.value(ctx, details, err)
}

// TimeOfDayGreeting is the release flag of greetings by the time of day.
func (f *Flags) TimeOfDayGreeting(ctx context.Context, user string) bool {
	details, err := f.client.BooleanValueDetails(ctx, "time-of-day-greeting", false, target(user))
	return f.value(ctx, details, err)
}

// Options of [Connect]. Domain names the connection: two of the same name share the later provider.
type Options struct {
	Domain string
	Logger *slog.Logger
	// Retry is the wait before the second attempt; it doubles up to 64 times as much.
	Retry time.Duration
}

// Connect starts a provider and hands out the flags. A provider that is down does not keep the service from starting:
// the defaults hold while Connect's background goroutine tries again.
func Connect(ctx context.Context, newProvider Factory, options Options) *Flags {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	f := &Flags{
		domain:   options.Domain,
		client:   openfeature.NewClient(options.Domain),
		logger:   options.Logger,
		retry:    options.Retry,
		reported: map[string]openfeature.ErrorCode{},
		stop:     stop,
	}
	f.client.AddHooks(spanEvents{})
	if err := f.start(ctx, newProvider); err != nil {
		f.logger.WarnContext(ctx, "Flag provider is down: flag defaults hold", "err", err)
		f.done.Go(func() { f.keepTrying(background, newProvider) })
	}
	return f
}

// Status is the state of the provider, for the readiness answer.
func (f *Flags) Status() string {
	return string(f.client.State())
}

// Close stops the provider and waits for it as long as the context allows.
func (f *Flags) Close(ctx context.Context) error {
	f.stop()
	f.done.Wait()
	// The SDK shuts a provider down when another one takes its place.
	return openfeature.SetNamedProviderWithContextAndWait(ctx, f.domain, openfeature.NoopProvider{})
}

func (f *Flags) start(ctx context.Context, newProvider Factory) error {
	provider, err := newProvider()
	if err != nil {
		return err
	}
	return openfeature.SetNamedProviderWithContextAndWait(ctx, f.domain, provider)
}

// keepTrying starts new providers until one is up. The waits are random, so that not every instance comes at once.
func (f *Flags) keepTrying(ctx context.Context, newProvider Factory) {
	for wait, longest := f.retry, 64*f.retry; ; wait = min(2*wait, longest) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait/2 + rand.N(wait)): //nolint:gosec // nobody gains by guessing it
		}
		err := f.start(ctx, newProvider)
		if err == nil {
			f.logger.InfoContext(ctx, "Flag provider is up")
			return
		}
		f.logger.DebugContext(ctx, "Flag provider is still down", "err", err)
	}
}

// value settles an evaluation. What goes wrong is logged once for each flag and reason.
func (f *Flags) value(ctx context.Context, details openfeature.BooleanEvaluationDetails, err error) bool {
	code := details.ErrorCode
	if err != nil && code == "" {
		code = openfeature.GeneralCode
	}
	f.mu.Lock()
	isNew := code != "" && f.reported[details.FlagKey] != code
	f.reported[details.FlagKey] = code
	f.mu.Unlock()
	if isNew {
		f.logger.WarnContext(ctx, "Flag cannot be evaluated: its default holds",
			"flag", details.FlagKey, "reason", code, "value", details.Value)
	}
	return details.Value
}

func target(user string) openfeature.EvaluationContext {
	return openfeature.NewEvaluationContext(user, nil)
}

// errNotReady is what a provider says whose source did not answer in time.
var errNotReady = errors.New("the source of the flags did not answer in time")
