package flags_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"service/internal/config"
	"service/internal/flags"
	"service/internal/flags/flagstest"
)

// ask has every flag of the service: key, how the code asks, and the default in the code.
var ask = map[string]struct {
	isOn     func(*flags.Flags, context.Context, string) bool
	fallback bool
}{
	"greetings-enabled":    {(*flags.Flags).GreetingsEnabled, true},
	"time-of-day-greeting": {(*flags.Flags).TimeOfDayGreeting, false},
}

// logBuffer takes log lines of several goroutines.
type logBuffer struct {
	mu    sync.Mutex
	lines bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lines.Write(p)
}

func (b *logBuffer) count(message string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Count(b.lines.Bytes(), []byte(message))
}

func (b *logBuffer) logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(b, nil))
}

func fromFile(path string) flags.Factory {
	return flags.NewFactory(config.Flags{
		Provider: config.ProviderFile, File: path, Deadline: 5 * time.Second,
	}, "test")
}

func TestBothStatesOfEveryFlag(t *testing.T) {
	t.Parallel()
	for key, flag := range ask {
		for variant, want := range map[string]bool{"on": true, "off": false} {
			t.Run(key+" "+variant, func(t *testing.T) {
				t.Parallel()
				f := flagstest.With(t, map[string]string{key: variant})
				if got := flag.isOn(f, t.Context(), "Ada"); got != want {
					t.Errorf("got %v, want %v", got, want)
				}
			})
		}
	}
}

func TestFlagFileDeclaresExactlyTheFlagsTheCodeAsksFor(t *testing.T) {
	t.Parallel()
	declared := slices.Sorted(maps.Keys(flagstest.Read(t).Flags))
	asked := slices.Sorted(maps.Keys(ask))
	if !slices.Equal(declared, asked) {
		t.Errorf("flags/flags.json declares %v, the code asks for %v", declared, asked)
	}
}

func TestFlagFileSaysWhoOwnsEachFlagAndWhenAReleaseFlagGoes(t *testing.T) {
	t.Parallel()
	date := regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	for key, flag := range flagstest.Read(t).Flags {
		if flag.Metadata.Owner == "" {
			t.Errorf("%s has no owner", key)
		}
		switch flag.Metadata.Type {
		case "release":
			if !date.MatchString(flag.Metadata.Expires) {
				t.Errorf("%s is a release flag without an expiry date", key)
			}
		case "ops":
		default:
			t.Errorf("%s has no known type", key)
		}
		if !maps.Equal(flag.Variants, map[string]bool{"on": true, "off": false}) {
			t.Errorf("%s has other variants than on and off", key)
		}
	}
}

func TestDefaultsInTheCodeAreSafe(t *testing.T) {
	t.Parallel()
	for key, flag := range flagstest.Read(t).Flags {
		isKillSwitch := flag.Metadata.Type == "ops"
		if ask[key].fallback != isKillSwitch {
			t.Errorf("%s must be off by default, or on for a kill switch", key)
		}
	}
}

func TestCommittedFileEvaluatesAsItSays(t *testing.T) {
	t.Parallel()
	f := flagstest.Connect(t, slog.Default(), fromFile(flagstest.Path))
	if got := f.Status(); got != "READY" {
		t.Errorf("the provider is %s", got)
	}
	for key, flag := range flagstest.Read(t).Flags {
		want := flag.Variants[flag.DefaultVariant]
		if got := ask[key].isOn(f, t.Context(), "Ada"); got != want {
			t.Errorf("%s is %v, the file says %v", key, got, want)
		}
	}
}

// turn writes the committed file with the default variant of one flag changed.
func turn(t *testing.T, path, key, variant string) {
	t.Helper()
	text, err := os.ReadFile(flagstest.Path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Flags map[string]map[string]any `json:"flags"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	file.Flags[key]["defaultVariant"] = variant
	changed, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	// Written beside and moved, as a mounted config map changes: never half a file.
	if err := os.WriteFile(path+".new", changed, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

func TestFlagFileIsFollowedInBothDirections(t *testing.T) {
	t.Parallel()
	for key, flag := range ask {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "flags.json")
			turn(t, path, key, "on")
			f := flagstest.Connect(t, slog.Default(), fromFile(path))
			for variant, want := range map[string]bool{"on": true, "off": false} {
				turn(t, path, key, variant)
				eventually(t, func() bool { return flag.isOn(f, t.Context(), "Ada") == want })
			}
		})
	}
}

// eventually waits for something that must become true; the limit only ends a test that fails.
func eventually(t *testing.T, isTrue func() bool) {
	t.Helper()
	for limit := time.Now().Add(20 * time.Second); !isTrue(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatal("it never became true")
		}
	}
}

func TestDefaultsHoldWhileTheProviderIsDown(t *testing.T) {
	t.Parallel()
	var log logBuffer
	missing := filepath.Join(t.TempDir(), "flags.json")
	f := flagstest.Connect(t, log.logger(), fromFile(missing))
	for range 2 {
		for key, flag := range ask {
			if got := flag.isOn(f, t.Context(), "Ada"); got != flag.fallback {
				t.Errorf("%s is %v", key, got)
			}
		}
	}
	if n := log.count("Flag provider is down"); n != 1 {
		t.Errorf("that it is down was logged %d times", n)
	}

	turn(t, missing, "time-of-day-greeting", "on")
	eventually(t, func() bool { return f.TimeOfDayGreeting(t.Context(), "Ada") })
	eventually(t, func() bool { return log.count("Flag provider is up") == 1 })
}

func TestDefaultsHoldWhileFlagdCannotBeReached(t *testing.T) {
	t.Setenv("FLAGD_HOST", "127.0.0.1")
	t.Setenv("FLAGD_PORT", "1")
	f := flagstest.Connect(t, new(logBuffer).logger(), flags.NewFactory(config.Flags{
		Provider: config.ProviderFlagd, Deadline: 50 * time.Millisecond,
	}, "test"))
	if f.Status() == "READY" {
		t.Error("it says that it is ready")
	}
	for key, flag := range ask {
		if got := flag.isOn(f, t.Context(), "Ada"); got != flag.fallback {
			t.Errorf("%s is %v", key, got)
		}
	}
}

func TestDefaultsHoldWhenTheProviderKnowsOtherFlags(t *testing.T) {
	t.Parallel()
	var log logBuffer
	f := flagstest.Connect(t, log.logger(), func() (openfeature.FeatureProvider, error) {
		return memprovider.NewInMemoryProvider(map[string]memprovider.InMemoryFlag{
			"greetings-enabled": {
				State: memprovider.Enabled, DefaultVariant: "on", Variants: map[string]any{"on": "yes"},
			},
		}), nil
	})
	for range 2 {
		for key, flag := range ask {
			if got := flag.isOn(f, t.Context(), "Ada"); got != flag.fallback {
				t.Errorf("%s is %v", key, got)
			}
		}
	}
	if n := log.count("Flag cannot be evaluated"); n != len(ask) {
		t.Errorf("logged %d times, want once for each of %d flags", n, len(ask))
	}
}

func TestProviderThatCannotBeBuiltIsTriedAgain(t *testing.T) {
	t.Parallel()
	attempts := make(chan struct{}, 100)
	flagstest.Connect(t, new(logBuffer).logger(), func() (openfeature.FeatureProvider, error) {
		attempts <- struct{}{}
		return nil, errors.New("no such thing")
	})
	for range 3 {
		<-attempts
	}
}

func TestEvaluationsAreEventsOfTheSpan(t *testing.T) {
	t.Parallel()
	f := flagstest.With(t, map[string]string{"greetings-enabled": "off"})
	spans := tracetest.NewSpanRecorder()
	tracer := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans)).Tracer("test")
	ctx, span := tracer.Start(t.Context(), "request")
	f.GreetingsEnabled(ctx, "Ada")
	span.End()

	events := spans.Ended()[0].Events()
	if len(events) != 1 || events[0].Name != "feature_flag.evaluation" {
		t.Fatalf("got events %v", events)
	}
	got := map[string]string{}
	for _, attribute := range events[0].Attributes {
		got[string(attribute.Key)] = attribute.Value.AsString()
	}
	if got["feature_flag.key"] != "greetings-enabled" || got["feature_flag.result.variant"] != "off" {
		t.Errorf("got %v", got)
	}
	for key, value := range got {
		if value == "Ada" {
			t.Errorf("%s says who asked", key)
		}
	}
}
