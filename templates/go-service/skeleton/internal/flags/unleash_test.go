package flags_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"service/internal/config"
	"service/internal/flags"
	"service/internal/flags/flagstest"
)

// unleashServer answers as Unleash does, with one toggle in the state it is given.
func unleashServer(t *testing.T, toggles string) (address string, token *atomic.Value) {
	t.Helper()
	token = new(atomic.Value)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			w.WriteHeader(http.StatusAccepted)
			return
		}
		token.Store(r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, toggles)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/api", token
}

func fromUnleash(address string, deadline time.Duration) flags.Factory {
	return flags.NewFactory(config.Flags{
		Provider: config.ProviderUnleash,
		Deadline: deadline,
		Unleash:  config.Unleash{URL: address, APIToken: "a-token"},
	}, "test")
}

func TestUnleashDecides(t *testing.T) {
	t.Parallel()
	address, token := unleashServer(t, `{"version": 2, "features": [
		{"name": "greetings-enabled", "enabled": false, "strategies": [{"name": "default"}]},
		{"name": "time-of-day-greeting", "enabled": true, "strategies": [
			{"name": "userWithId", "parameters": {"userIds": "Ada"}}
		]}
	]}`)
	var log logBuffer
	f := flagstest.Connect(t, log.logger(), fromUnleash(address, 20*time.Second))
	if f.GreetingsEnabled(t.Context(), "Ada") {
		t.Error("greetings-enabled is off in Unleash")
	}
	if !f.TimeOfDayGreeting(t.Context(), "Ada") || f.TimeOfDayGreeting(t.Context(), "Bob") {
		t.Error("time-of-day-greeting is on for Ada, and for nobody else")
	}
	if got := token.Load(); got != "a-token" {
		t.Errorf("Unleash got the token %v", got)
	}
	if n := log.count("cannot be evaluated"); n != 0 {
		t.Errorf("%d evaluations failed", n)
	}
}

func TestDefaultsHoldForTogglesThatUnleashDoesNotHave(t *testing.T) {
	t.Parallel()
	address, _ := unleashServer(t, `{"version": 2, "features": []}`)
	var log logBuffer
	f := flagstest.Connect(t, log.logger(), fromUnleash(address, 20*time.Second))
	if !f.GreetingsEnabled(t.Context(), "Ada") || f.TimeOfDayGreeting(t.Context(), "Ada") {
		t.Error("a default does not hold")
	}
	if n := log.count("FLAG_NOT_FOUND"); n != 2 {
		t.Errorf("logged %d times", n)
	}
}

func TestDefaultsHoldWhileUnleashIsDown(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-ended }))
	t.Cleanup(silent.Close)
	t.Cleanup(func() { close(ended) })
	for name, address := range map[string]string{
		"nobody listens":   "http://127.0.0.1:1/api",
		"it never answers": silent.URL,
		"no address":       "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log logBuffer
			f := flagstest.Connect(t, log.logger(), fromUnleash(address, 50*time.Millisecond))
			if !f.GreetingsEnabled(t.Context(), "Ada") || f.TimeOfDayGreeting(t.Context(), "Ada") {
				t.Error("a default does not hold")
			}
			if log.count("Flag provider is down") != 1 {
				t.Error("nothing says that Unleash is down")
			}
		})
	}
}
