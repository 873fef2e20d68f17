package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestMain lets the tests start the service as a process: this very binary, with RUN_SERVICE set.
func TestMain(m *testing.M) {
	if os.Getenv("RUN_SERVICE") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// outcome is what a run of the service left behind.
type outcome struct {
	messages []string
	err      error
}

// start runs the service with an environment, in this process, and gives what it writes.
func start(t *testing.T, env map[string]string, signals <-chan os.Signal) (*bufio.Scanner, <-chan error) {
	t.Helper()
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(t.Context(), func(name string) string { return env[name] }, in, signals)
		_ = in.Close()
		ended <- err
	}()
	return bufio.NewScanner(out), ended
}

// during runs the service until it listens, then use, then sends it a signal.
func during(t *testing.T, env map[string]string, signal os.Signal, use func(address string)) outcome {
	t.Helper()
	signals := make(chan os.Signal, 2)
	lines, ended := start(t, env, signals)
	return follow(t, lines, use, func() { signals <- signal }, func() error { return <-ended })
}

// follow reads log lines to the end; once the service listens, it calls use and then stop.
func follow(t *testing.T, lines *bufio.Scanner, use func(address string), stop func(), wait func() error) outcome {
	t.Helper()
	var o outcome
	for lines.Scan() {
		var line struct{ Msg, Address string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Errorf("not a JSON line: %s", lines.Text())
		}
		o.messages = append(o.messages, line.Msg)
		if line.Msg == "Listening" {
			// The log must be read on, or the service waits for its reader.
			go func() {
				defer stop()
				use("http://" + line.Address)
			}()
		}
	}
	o.err = wait()
	return o
}

func get(t *testing.T, address string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, string(text)
}

var onFile = map[string]string{
	"PORT": "0", "FLAG_FILE": "../../flags/flags.json", "FLAG_DEADLINE_MS": "10000", "SHUTDOWN_DRAIN_MS": "10",
}

func TestServesAndEndsInOrder(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGTERM, syscall.SIGINT} {
		o := during(t, onFile, signal, func(address string) {
			if status, body := get(t, address+"/readyz"); status != http.StatusOK || !strings.Contains(body, `"READY"`) {
				t.Errorf("/readyz answers %d %s", status, body)
			}
			if _, body := get(t, address+"/v1/greetings/Ada"); !strings.Contains(body, ", Ada") {
				t.Errorf("got %s", body)
			}
		})
		if o.err != nil || !slices.Contains(o.messages, "Shut down") {
			t.Errorf("%s: %v %v", signal, o.err, o.messages)
		}
	}
}

func TestServesOnFlagDefaultsWhileFlagdCannotBeReached(t *testing.T) {
	t.Setenv("FLAGD_HOST", "127.0.0.1")
	t.Setenv("FLAGD_PORT", "1")
	env := map[string]string{
		"PORT": "0", "FLAG_PROVIDER": "flagd", "FLAG_DEADLINE_MS": "50", "SHUTDOWN_DRAIN_MS": "10",
	}
	o := during(t, env, syscall.SIGTERM, func(address string) {
		if status, body := get(t, address+"/readyz"); status != http.StatusOK || strings.Contains(body, `"READY"`) {
			t.Errorf("/readyz answers %d %s", status, body)
		}
		if _, body := get(t, address+"/v1/greetings/Ada"); !strings.Contains(body, "Hello, Ada") {
			t.Errorf("got %s", body)
		}
	})
	if o.err != nil || !slices.Contains(o.messages, "Flag provider is down: flag defaults hold") {
		t.Errorf("%v %v", o.err, o.messages)
	}
}

func TestRequestsInFlightThatDoNotEndAreGivenUp(t *testing.T) {
	env := map[string]string{
		"PORT": "0", "FLAG_FILE": "../../flags/flags.json", "SHUTDOWN_DRAIN_MS": "0", "SHUTDOWN_DEADLINE_MS": "1000",
	}
	o := during(t, env, syscall.SIGTERM, func(address string) {
		connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Error(err)
			return
		}
		t.Cleanup(func() { _ = connection.Close() })
		// Half a request, and nothing more.
		if _, err := connection.Write([]byte("POST /v1/greetings/Ada HTTP/1.1\r\nHost: a\r\n")); err != nil {
			t.Error(err)
		}
	})
	if o.err == nil || !strings.Contains(o.err.Error(), "in flight") {
		t.Errorf("got %v", o.err)
	}
}

func TestDoesNotStartOnWhatCannotWork(t *testing.T) {
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	port := strconv.Itoa(taken.Addr().(*net.TCPAddr).Port)
	for _, test := range []struct{ name, value, want string }{
		{"PORT", "eighty", "PORT must be a whole number"},
		{"PORT", port, "address already in use"},
	} {
		lines, ended := start(t, map[string]string{test.name: test.value}, nil)
		for lines.Scan() {
		}
		if err := <-ended; err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

func TestDoesNotStartWithAnExporterThatDoesNotExist(t *testing.T) {
	t.Setenv("OTEL_METRICS_EXPORTER", "pigeons")
	lines, ended := start(t, onFile, nil)
	for lines.Scan() {
	}
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "unknown exporter") {
		t.Errorf("got %v", err)
	}
}

// process starts this binary as the service.
func process(t *testing.T, env ...string) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), append(env, "RUN_SERVICE=1")...)
	return command
}

func TestProcessEndsWith0OnSIGTERM(t *testing.T) {
	var environment []string
	for name, value := range onFile {
		environment = append(environment, name+"="+value)
	}
	command := process(t, environment...)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	o := follow(t, bufio.NewScanner(out), func(address string) {
		if status, _ := get(t, address+"/livez"); status != http.StatusOK {
			t.Errorf("/livez answers %d", status)
		}
	}, func() {
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
	}, command.Wait)
	if o.err != nil || !slices.Contains(o.messages, "Shut down") {
		t.Errorf("%v %v", o.err, o.messages)
	}
}

func TestProcessEndsWith1WhenItCannotStart(t *testing.T) {
	command := process(t, "PORT=eighty")
	var stderr bytes.Buffer
	command.Stderr = &stderr
	err := command.Run()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ExitCode() != 1 || !strings.Contains(stderr.String(), "PORT must be a whole number") {
		t.Errorf("got %v %s", err, stderr.String())
	}
}
