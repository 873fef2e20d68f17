package config_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"service/internal/config"
)

func load(env map[string]string) (config.Config, error) {
	return config.Load(func(name string) string { return env[name] })
}

func TestEmptyEnvironmentIsEnoughAndReachableFromThisMachineOnly(t *testing.T) {
	t.Parallel()
	c, err := load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Host != "127.0.0.1" || c.Port != 8080 || c.Flags.Provider != config.ProviderFile {
		t.Errorf("got %+v", c)
	}
}

func TestEnvironmentDecides(t *testing.T) {
	t.Parallel()
	c, err := load(map[string]string{
		"HOST":              "0.0.0.0",
		"PORT":              "9000",
		"LOG_LEVEL":         "debug",
		"FLAG_PROVIDER":     "unleash",
		"UNLEASH_URL":       "https://flags.example.org/api",
		"SHUTDOWN_DRAIN_MS": "0",
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Host != "0.0.0.0" || c.Port != 9000 || c.LogLevel != slog.LevelDebug {
		t.Errorf("got %+v", c)
	}
	if c.Shutdown.Drain != 0 || c.Shutdown.Deadline != 20*time.Second {
		t.Errorf("got %+v", c.Shutdown)
	}
	if c.Flags.Provider != config.ProviderUnleash {
		t.Errorf("got %+v", c.Flags)
	}
}

func TestEveryWrongVariableIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	wrong := map[string]string{
		"PORT":               "http",
		"LOG_LEVEL":          "loud",
		"FLAG_PROVIDER":      "somewhere",
		"REQUEST_TIMEOUT_MS": "1.5",
	}
	_, err := load(wrong)
	if err == nil {
		t.Fatal("it was accepted")
	}
	for name := range wrong {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in %q", name, err)
		}
	}
}

func TestValuesThatCannotWorkAreRefused(t *testing.T) {
	t.Parallel()
	for _, env := range []map[string]string{
		{"PORT": "-1"},
		{"PORT": "65536"},
		{"SHUTDOWN_DRAIN_MS": "5000", "SHUTDOWN_DEADLINE_MS": "5000"},
		{"FLAG_PROVIDER": "unleash"},
	} {
		if _, err := load(env); err == nil {
			t.Errorf("%v was accepted", env)
		}
	}
}
