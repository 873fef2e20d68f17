// Package readiness holds whether traffic should be sent to the service.
package readiness

import "sync/atomic"

// A State of the service, as /readyz shows it.
type State int32

// The states, in the order in which they come.
const (
	Starting State = iota
	Ready
	Draining
)

func (s State) String() string {
	return [...]string{"starting", "ready", "draining"}[s]
}

// Readiness is the state of the service. The zero value is starting.
type Readiness struct {
	state atomic.Int32
}

// State tells where the service is.
func (r *Readiness) State() State {
	return State(r.state.Load())
}

// Started says that the service can take traffic. It does not take Drain back.
func (r *Readiness) Started() {
	r.state.CompareAndSwap(int32(Starting), int32(Ready))
}

// Drain says that no more traffic should come. It is final.
func (r *Readiness) Drain() {
	r.state.Store(int32(Draining))
}
