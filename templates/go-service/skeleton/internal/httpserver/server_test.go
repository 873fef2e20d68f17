package httpserver_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"service/internal/httpserver"
	"service/internal/logging"
	"service/internal/readiness"
)

// subject is the real server with routes that misbehave.
type subject struct {
	handler http.Handler
	state   readiness.Readiness
	log     bytes.Buffer
}

func newSubject(t *testing.T) *subject {
	t.Helper()
	s := &subject{}
	s.handler = httpserver.New(httpserver.Options{
		Logger:         logging.New(&s.log, slog.LevelInfo, "test", "0"),
		RequestTimeout: 50 * time.Millisecond,
		Readiness:      &s.state,
		FlagStatus:     func() string { return "READY" },
		Routes: map[string]httpserver.Handler{
			"GET /broken":  func(http.ResponseWriter, *http.Request) error { return errors.New("password=hunter2") },
			"GET /panic":   func(http.ResponseWriter, *http.Request) error { panic("password=hunter2") },
			"GET /aborted": func(http.ResponseWriter, *http.Request) error { panic(http.ErrAbortHandler) },
			"GET /slow": func(_ http.ResponseWriter, r *http.Request) error {
				<-r.Context().Done()
				return context.Cause(r.Context())
			},
			"POST /echo": func(w http.ResponseWriter, r *http.Request) error {
				var body any
				if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
					return err
				}
				return httpserver.WriteJSON(w, http.StatusOK, body)
			},
			"GET /unwritable": func(w http.ResponseWriter, _ *http.Request) error {
				return httpserver.WriteJSON(w, http.StatusOK, func() {})
			},
		},
	}).Handler
	return s
}

func (s *subject) send(t *testing.T, method, path, body string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if header != nil {
		request.Header = header
	}
	response := httptest.NewRecorder()
	s.handler.ServeHTTP(response, request)
	return response
}

func (s *subject) get(t *testing.T, path string) *httptest.ResponseRecorder {
	t.Helper()
	return s.send(t, http.MethodGet, path, "", nil)
}

func TestIsReadyOnlyBetweenStartAndShutdown(t *testing.T) {
	t.Parallel()
	s := newSubject(t)
	want := func(status int, state string) {
		t.Helper()
		response := s.get(t, "/readyz")
		var body map[string]string
		if err := json.Unmarshal(response.Body.Bytes(), &body); err != nil {
			t.Fatal(err)
		}
		if response.Code != status || body["status"] != state || body["flags"] != "READY" {
			t.Errorf("got %d %v, want %d %s", response.Code, body, status, state)
		}
		if live := s.get(t, "/livez"); live.Code != http.StatusOK {
			t.Errorf("/livez answers %d", live.Code)
		}
	}
	want(http.StatusServiceUnavailable, "starting")
	s.state.Started()
	want(http.StatusOK, "ready")
	s.state.Drain()
	want(http.StatusServiceUnavailable, "draining")
}

func TestSuccessfulProbesStayOutOfTheLog(t *testing.T) {
	t.Parallel()
	s := newSubject(t)
	s.get(t, "/livez")
	if s.log.Len() > 0 {
		t.Errorf("logged %s", s.log.String())
	}
	s.get(t, "/readyz")
	if !bytes.Contains(s.log.Bytes(), []byte(`"status":503`)) {
		t.Error("a probe that failed is not in the log")
	}
}

func TestRequestIDIsTakenFromTheCallerOrMade(t *testing.T) {
	t.Parallel()
	s := newSubject(t)
	response := s.send(t, http.MethodGet, "/nowhere", "", http.Header{"X-Request-Id": {"abc-123"}})
	if got := response.Header().Get("X-Request-Id"); got != "abc-123" {
		t.Errorf("got %q", got)
	}
	if !bytes.Contains(s.log.Bytes(), []byte(`"request_id":"abc-123"`)) {
		t.Errorf("it is not in the log: %s", s.log.String())
	}
	made := regexp.MustCompile(`^[A-Z2-7]{26}$`)
	for _, unsafe := range []string{"", "a b", "a\"b", strings.Repeat("a", 129)} {
		response := s.send(t, http.MethodGet, "/nowhere", "", http.Header{"X-Request-Id": {unsafe}})
		if got := response.Header().Get("X-Request-Id"); !made.MatchString(got) {
			t.Errorf("%q gives %q", unsafe, got)
		}
	}
}

func TestErrorsAreProblemsThatDoNotShowWhatBroke(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, title string
		status      int
		isLogged    bool
	}{
		{"/nowhere", "Not found", http.StatusNotFound, false},
		{"/broken", "Internal server error", http.StatusInternalServerError, true},
		{"/panic", "Internal server error", http.StatusInternalServerError, true},
		{"/unwritable", "Internal server error", http.StatusInternalServerError, true},
		{"/slow", "Service unavailable", http.StatusServiceUnavailable, true},
	} {
		t.Run(test.path, func(t *testing.T) {
			t.Parallel()
			s := newSubject(t)
			response := s.get(t, test.path)
			var problem httpserver.Problem
			if err := json.Unmarshal(response.Body.Bytes(), &problem); err != nil {
				t.Fatal(err)
			}
			if response.Code != test.status || problem.Status != test.status || problem.Title != test.title {
				t.Errorf("got %d %+v", response.Code, problem)
			}
			if got := response.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type is %q", got)
			}
			if problem.RequestID == "" || problem.RequestID != response.Header().Get("X-Request-Id") {
				t.Errorf("the problem has request id %q", problem.RequestID)
			}
			if strings.Contains(response.Body.String(), "hunter2") {
				t.Error("it shows what broke")
			}
			if got := bytes.Contains(s.log.Bytes(), []byte("Request failed")); got != test.isLogged {
				t.Errorf("the log says: %s", s.log.String())
			}
		})
	}
}

func TestAbortedAnswersStayAborted(t *testing.T) {
	t.Parallel()
	defer func() {
		if cause := recover(); cause != http.ErrAbortHandler { //nolint:errorlint // a panic's value is no error chain
			t.Errorf("got %v", cause)
		}
	}()
	newSubject(t).get(t, "/aborted")
}

func TestBodiesHaveALimit(t *testing.T) {
	t.Parallel()
	s := newSubject(t)
	if response := s.send(t, http.MethodPost, "/echo", `"hello"`, nil); response.Code != http.StatusOK {
		t.Errorf("a small body gives %d", response.Code)
	}
	large := `"` + strings.Repeat("a", 300<<10) + `"`
	response := s.send(t, http.MethodPost, "/echo", large, nil)
	if response.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a large body gives %d", response.Code)
	}
}
