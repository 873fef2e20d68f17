package greeting_test

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"service/internal/flags/flagstest"
)

// contract reads openapi.yaml, which must be valid itself.
func contract(t *testing.T) (*openapi3.T, routers.Router) {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromFile("../../openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(document)
	if err != nil {
		t.Fatal(err)
	}
	return document, router
}

// hold compares an answer with what the contract says of it.
func hold(t *testing.T, router routers.Router, path string, response *httptest.ResponseRecorder) error {
	t.Helper()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	route, parameters, err := router.FindRoute(request)
	if err != nil {
		t.Fatalf("the contract does not know %s: %v", path, err)
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: request, PathParams: parameters, Route: route,
		},
		Status:  response.Code,
		Header:  response.Header(),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	input.SetBodyBytes(response.Body.Bytes())
	return openapi3filter.ValidateResponse(t.Context(), input)
}

func TestAnswersHoldTheContract(t *testing.T) {
	t.Parallel()
	_, router := contract(t)
	for _, test := range []struct {
		title, name string
		forced      map[string]string
		status      int
	}{
		{"a greeting", "Ada", nil, http.StatusOK},
		{"a name of other letters", "%C3%84da", nil, http.StatusOK},
		{"a greeting by the time of day", "Ada", map[string]string{"time-of-day-greeting": "on"}, http.StatusOK},
		{"a name that is too long", strings.Repeat("a", 65), nil, http.StatusBadRequest},
		{"greetings switched off", "Ada", map[string]string{"greetings-enabled": "off"}, http.StatusServiceUnavailable},
	} {
		t.Run(test.title, func(t *testing.T) {
			t.Parallel()
			response := get(t, flagstest.With(t, test.forced), "08:00:00", test.name)
			if response.Code != test.status {
				t.Errorf("got %d, want %d", response.Code, test.status)
			}
			if err := hold(t, router, "/v1/greetings/"+test.name, response); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEveryOperationOfTheContractIsServed(t *testing.T) {
	t.Parallel()
	document, _ := contract(t)
	f := flagstest.With(t, nil)
	for path, item := range document.Paths.Map() {
		for method := range item.Operations() {
			if method != http.MethodGet || path != "/v1/greetings/{name}" {
				t.Errorf("%s %s has no test here", method, path)
			}
		}
	}
	if response := get(t, f, "08:00:00", "Ada"); response.Code == http.StatusNotFound {
		t.Error("the service does not know GET /v1/greetings/{name}")
	}
}

func TestAnAnswerThatBreaksTheContractIsNoticed(t *testing.T) {
	t.Parallel()
	_, router := contract(t)
	response := get(t, flagstest.With(t, nil), "08:00:00", "Ada")
	for title, broken := range map[string]func(*httptest.ResponseRecorder){
		"a field of another name": func(r *httptest.ResponseRecorder) { r.Body = bytes.NewBufferString(`{"text": "Hello"}`) },
		"an unknown status":       func(r *httptest.ResponseRecorder) { r.Code = http.StatusTeapot },
		"no request id":           func(r *httptest.ResponseRecorder) { r.Header().Del("X-Request-Id") },
		"another content type":    func(r *httptest.ResponseRecorder) { r.Header().Set("Content-Type", "text/html") },
	} {
		copied := httptest.NewRecorder()
		maps.Copy(copied.Header(), response.Header().Clone())
		copied.WriteHeader(response.Code)
		_, _ = copied.Write(response.Body.Bytes())
		broken(copied)
		if hold(t, router, "/v1/greetings/Ada", copied) == nil {
			t.Errorf("%s is not noticed", title)
		}
	}
}
