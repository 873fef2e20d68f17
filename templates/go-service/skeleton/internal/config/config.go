// Package config reads the settings of the service from the environment.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The providers that flag values can come from.
const (
	ProviderFile    = "file"
	ProviderFlagd   = "flagd"
	ProviderUnleash = "unleash"
)

// Config is what the environment decides; docs/runbook.md lists the variables.
type Config struct {
	Host           string
	Port           int
	LogLevel       slog.Level
	RequestTimeout time.Duration
	Shutdown       Shutdown
	Flags          Flags
}

// Shutdown says how the service ends.
type Shutdown struct {
	// Drain is how long it serves on after readiness is off.
	Drain time.Duration
	// Deadline is when it gives up, counted from the signal.
	Deadline time.Duration
}

// Flags says where flag values come from.
type Flags struct {
	Provider string
	File     string
	// Deadline is how long the start waits for the provider.
	Deadline time.Duration
	Unleash  Unleash
}

// Unleash says how to reach an Unleash server.
type Unleash struct {
	URL      string
	APIToken string
}

// Load reads the configuration with a function such as [os.Getenv]. The error names every variable that is wrong, not
// only the first.
func Load(getenv func(string) string) (Config, error) {
	r := reader{getenv: getenv}
	c := Config{
		Host:           r.text("HOST", "127.0.0.1"),
		Port:           r.number("PORT", 8080, 0, 65535),
		LogLevel:       r.level("LOG_LEVEL", slog.LevelInfo),
		RequestTimeout: r.milliseconds("REQUEST_TIMEOUT_MS", 10_000, 100, 120_000),
		Shutdown: Shutdown{
			Drain:    r.milliseconds("SHUTDOWN_DRAIN_MS", 3_000, 0, 60_000),
			Deadline: r.milliseconds("SHUTDOWN_DEADLINE_MS", 20_000, 1_000, 300_000),
		},
		Flags: Flags{
			Provider: r.oneOf("FLAG_PROVIDER", ProviderFile, ProviderFlagd, ProviderUnleash),
			File:     r.text("FLAG_FILE", "flags/flags.json"),
			Deadline: r.milliseconds("FLAG_DEADLINE_MS", 500, 10, 10_000),
			Unleash: Unleash{
				URL:      getenv("UNLEASH_URL"),
				APIToken: getenv("UNLEASH_API_TOKEN"),
			},
		},
	}
	if c.Shutdown.Deadline <= c.Shutdown.Drain {
		r.problem("SHUTDOWN_DEADLINE_MS must be greater than SHUTDOWN_DRAIN_MS")
	}
	if c.Flags.Provider == ProviderUnleash && c.Flags.Unleash.URL == "" {
		r.problem("UNLEASH_URL must be set when FLAG_PROVIDER is unleash")
	}
	return c, errors.Join(r.problems...)
}

// reader collects what is wrong instead of stopping at it.
type reader struct {
	getenv   func(string) string
	problems []error
}

func (r *reader) problem(format string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf(format, args...))
}

func (r *reader) text(name, fallback string) string {
	if value := r.getenv(name); value != "" {
		return value
	}
	return fallback
}

// oneOf takes the first of the allowed values when the variable is not set.
func (r *reader) oneOf(name string, allowed ...string) string {
	value := r.text(name, allowed[0])
	if !slices.Contains(allowed, value) {
		r.problem("%s must be one of %s", name, strings.Join(allowed, ", "))
	}
	return value
}

func (r *reader) number(name string, fallback, lowest, highest int) int {
	text := r.getenv(name)
	if text == "" {
		return fallback
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < lowest || value > highest {
		r.problem("%s must be a whole number from %d to %d", name, lowest, highest)
	}
	return value
}

func (r *reader) milliseconds(name string, fallback, lowest, highest int) time.Duration {
	return time.Duration(r.number(name, fallback, lowest, highest)) * time.Millisecond
}

func (r *reader) level(name string, fallback slog.Level) slog.Level {
	text := r.getenv(name)
	if text == "" {
		return fallback
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(text)); err != nil {
		r.problem("%s must be one of debug, info, warn, error", name)
	}
	return level
}
