package httpserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"service/internal/logging"
)

// A Problem is an error that the caller is told, as problem details (RFC 9457).
type Problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail,omitempty"`
	RequestID string `json:"requestId,omitempty"`
}

func (p Problem) Error() string {
	return fmt.Sprintf("%d %s", p.Status, p.Title)
}

// WriteJSON answers with a value as JSON.
func WriteJSON(w http.ResponseWriter, status int, value any) error {
	return write(w, status, "application/json", value)
}

func write(w http.ResponseWriter, status int, contentType string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encoding the answer: %w", err)
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	// A caller that has gone is no error of the service, and cannot be told of it.
	_, _ = w.Write(append(body, '\n'))
	return nil
}

// writeError answers with an error. What is behind a 5xx goes to the log only.
func writeError(w http.ResponseWriter, r *http.Request, logger *slog.Logger, err error) {
	problem := problemOf(err)
	if _, isMeant := errors.AsType[Problem](err); !isMeant && problem.Status >= http.StatusInternalServerError {
		logger.ErrorContext(r.Context(), "Request failed", "err", err)
	}
	problem.Type = "about:blank"
	problem.RequestID = logging.RequestID(r.Context())
	if err := write(w, problem.Status, "application/problem+json", problem); err != nil {
		logger.ErrorContext(r.Context(), "Problem cannot be written", "err", err)
	}
}

func problemOf(err error) Problem {
	if problem, ok := errors.AsType[Problem](err); ok {
		return problem
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return Problem{
			Status: http.StatusRequestEntityTooLarge,
			Title:  "Request refused",
			Detail: fmt.Sprintf("the body has more than %d bytes", tooLarge.Limit),
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Problem{Status: http.StatusServiceUnavailable, Title: "Service unavailable"}
	}
	return Problem{Status: http.StatusInternalServerError, Title: "Internal server error"}
}
