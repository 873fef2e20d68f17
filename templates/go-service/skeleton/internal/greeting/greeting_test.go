package greeting_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"service/internal/flags"
	"service/internal/flags/flagstest"
	"service/internal/greeting"
	"service/internal/httpserver"
	"service/internal/readiness"
)

// get asks the real server for a greeting.
func get(t *testing.T, f *flags.Flags, now, name string) *httptest.ResponseRecorder {
	t.Helper()
	server := httpserver.New(httpserver.Options{
		Logger:         slog.New(slog.DiscardHandler),
		RequestTimeout: time.Minute,
		Readiness:      new(readiness.Readiness),
		FlagStatus:     f.Status,
		Routes: map[string]httpserver.Handler{
			"GET /v1/greetings/{name}": greeting.Handler(f, func() time.Time {
				at, err := time.Parse(time.TimeOnly, now)
				if err != nil {
					t.Error(err)
				}
				return at
			}),
		},
	})
	response := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v1/greetings/"+name, nil)
	server.Handler.ServeHTTP(response, request)
	return response
}

func TestGreeting(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		flag, variant, now, want string
	}{
		{"time-of-day-greeting", "off", "08:00:00", "Hello, Ada"},
		{"time-of-day-greeting", "on", "11:59:59", "Good morning, Ada"},
		{"time-of-day-greeting", "on", "12:00:00", "Good afternoon, Ada"},
		{"time-of-day-greeting", "on", "17:59:59", "Good afternoon, Ada"},
		{"time-of-day-greeting", "on", "18:00:00", "Good evening, Ada"},
		{"greetings-enabled", "on", "08:00:00", "Hello, Ada"},
	} {
		t.Run(test.flag+" "+test.variant+" "+test.now, func(t *testing.T) {
			t.Parallel()
			f := flagstest.With(t, map[string]string{test.flag: test.variant})
			response := get(t, f, test.now, "Ada")
			var body struct{ Greeting string }
			if err := json.Unmarshal(response.Body.Bytes(), &body); err != nil {
				t.Fatal(err)
			}
			if response.Code != http.StatusOK || body.Greeting != test.want {
				t.Errorf("got %d %q, want %q", response.Code, body.Greeting, test.want)
			}
		})
	}
}

func TestKillSwitchAnswersWhenToComeBack(t *testing.T) {
	t.Parallel()
	f := flagstest.With(t, map[string]string{"greetings-enabled": "off"})
	response := get(t, f, "08:00:00", "Ada")
	if response.Code != http.StatusServiceUnavailable {
		t.Errorf("got %d", response.Code)
	}
	if got := response.Header().Get("Retry-After"); got != "30" {
		t.Errorf("Retry-After is %q", got)
	}
	if got := response.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type is %q", got)
	}
}

func TestNameThatIsTooLongIsRefused(t *testing.T) {
	t.Parallel()
	f := flagstest.With(t, nil)
	for name, want := range map[string]int{
		strings.Repeat("a", 64):      http.StatusOK,
		strings.Repeat("%C3%A4", 64): http.StatusOK,
		strings.Repeat("a", 65):      http.StatusBadRequest,
	} {
		if response := get(t, f, "08:00:00", name); response.Code != want {
			t.Errorf("%s: got %d, want %d", name, response.Code, want)
		}
	}
}
