// Package greeting greets people: the example to replace.
package greeting

import (
	"context"
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"service/internal/httpserver"
)

const maxNameLength = 64

// Flags are the flags that greetings depend on.
type Flags interface {
	GreetingsEnabled(ctx context.Context, user string) bool
	TimeOfDayGreeting(ctx context.Context, user string) bool
}

type answer struct {
	Greeting string `json:"greeting"`
}

// Handler answers GET /v1/greetings/{name}, behind a kill switch and a release flag.
func Handler(flags Flags, now func() time.Time) httpserver.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		name := r.PathValue("name")
		if length := utf8.RuneCountInString(name); length > maxNameLength {
			return httpserver.Problem{
				Status: http.StatusBadRequest,
				Title:  "Request refused",
				Detail: fmt.Sprintf("the name has more than %d characters", maxNameLength),
			}
		}
		if !flags.GreetingsEnabled(r.Context(), name) {
			w.Header().Set("Retry-After", "30")
			return httpserver.Problem{Status: http.StatusServiceUnavailable, Title: "Greetings are switched off"}
		}
		opening := "Hello"
		if flags.TimeOfDayGreeting(r.Context(), name) {
			opening = openingAt(now())
		}
		return httpserver.WriteJSON(w, http.StatusOK, answer{Greeting: opening + ", " + name})
	}
}

func openingAt(t time.Time) string {
	switch hour := t.UTC().Hour(); {
	case hour < 12:
		return "Good morning"
	case hour < 18:
		return "Good afternoon"
	default:
		return "Good evening"
	}
}
