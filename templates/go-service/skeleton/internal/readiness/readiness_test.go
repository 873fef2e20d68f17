package readiness_test

import (
	"testing"

	"service/internal/readiness"
)

func TestDrainingIsFinal(t *testing.T) {
	t.Parallel()
	var r readiness.Readiness
	want := func(state string) {
		t.Helper()
		if got := r.State().String(); got != state {
			t.Errorf("got %s, want %s", got, state)
		}
	}
	want("starting")
	r.Started()
	want("ready")
	r.Drain()
	r.Started()
	want("draining")
}
