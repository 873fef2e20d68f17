package httpserver

import (
	"net/http"

	"service/internal/readiness"
)

// live says that the process answers.
func live(w http.ResponseWriter, _ *http.Request) error {
	return WriteJSON(w, http.StatusOK, map[string]string{"status": "alive"})
}

// ready says whether traffic may be sent here. The flag provider is shown and never decides: its defaults are safe.
func ready(state *readiness.Readiness, flagStatus func() string) Handler {
	return func(w http.ResponseWriter, _ *http.Request) error {
		now := state.State()
		status := http.StatusServiceUnavailable
		if now == readiness.Ready {
			status = http.StatusOK
		}
		return WriteJSON(w, status, map[string]string{"status": now.String(), "flags": flagStatus()})
	}
}
