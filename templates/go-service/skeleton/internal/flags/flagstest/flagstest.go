// Package flagstest gives tests the committed flags, with some of them turned.
package flagstest

import (
	"encoding/json"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"

	"service/internal/flags"
)

// A File is what the tests read of flags/flags.json.
type File struct {
	Flags map[string]Flag `json:"flags"`
}

// A Flag of the file.
type Flag struct {
	State          string          `json:"state"`
	Variants       map[string]bool `json:"variants"`
	DefaultVariant string          `json:"defaultVariant"`
	Metadata       struct {
		Owner   string `json:"owner"`
		Type    string `json:"type"`
		Expires string `json:"expires"`
	} `json:"metadata"`
}

// Path of the committed flag file, from a package two folders below the root.
const Path = "../../flags/flags.json"

// Read reads the committed flag file.
func Read(t testing.TB) File {
	t.Helper()
	text, err := os.ReadFile(Path)
	if err != nil {
		t.Fatal(err)
	}
	var file File
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	return file
}

// With connects the committed flags, with some of them forced to a variant.
func With(t testing.TB, forced map[string]string) *flags.Flags {
	t.Helper()
	known := map[string]memprovider.InMemoryFlag{}
	for key, flag := range Read(t).Flags {
		variants := map[string]any{}
		for name, value := range flag.Variants {
			variants[name] = value
		}
		variant := flag.DefaultVariant
		if other, isForced := forced[key]; isForced {
			variant = other
		}
		known[key] = memprovider.InMemoryFlag{
			Key: key, State: memprovider.Enabled, DefaultVariant: variant, Variants: variants,
		}
	}
	return Connect(t, slog.New(slog.DiscardHandler), func() (openfeature.FeatureProvider, error) {
		return memprovider.NewInMemoryProvider(known), nil
	})
}

// Connect connects a provider under the test's own name, until the test ends.
func Connect(t testing.TB, logger *slog.Logger, factory flags.Factory) *flags.Flags {
	t.Helper()
	f := flags.Connect(t.Context(), factory, flags.Options{
		Domain: t.Name(), Logger: logger, Retry: 10 * time.Millisecond,
	})
	t.Cleanup(func() {
		if err := f.Close(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	return f
}
