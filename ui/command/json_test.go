package command_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdJSON compares one value of the object on standard output. "absent" stands
// for a key that is left out.
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	got := at(object(ts), strings.Split(args[0], "."))
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %s, want %s", args[0], got, args[1])
	}
}

// object reads standard output, which must be exactly one object in one line.
func object(ts *testscript.TestScript) map[string]any {
	text := ts.ReadFile("stdout")
	if strings.Count(text, "\n") != 1 || !strings.HasSuffix(text, "\n") {
		ts.Fatalf("not one line: %q", text)
	}
	var value map[string]any
	ts.Check(json.Unmarshal([]byte(text), &value))
	return value
}

// at walks down a path and words what is there.
func at(value any, path []string) string {
	for _, key := range path {
		switch inner := value.(type) {
		case map[string]any:
			next, there := inner[key]
			if !there {
				return "absent"
			}
			value = next
		case []any:
			n, err := strconv.Atoi(key)
			if err != nil || n >= len(inner) {
				return "absent"
			}
			value = inner[n]
		default:
			return "absent"
		}
	}
	if text, ok := value.(string); ok {
		return text
	}
	text, _ := json.Marshal(value)
	return string(text)
}

// shapes are the parts of the object with all keys that they may have; those
// with a mark stand in every such part: ! a boolean, + a list, . anything else.
var shapes = map[string]string{
	"":                "target. domain route tries recipients message arrival ourselves verdict exit.",
	"route":           "server. authoritative! authenticated! implicit! null! hosts+ notes+ error failure ms",
	"route.server":    "name. address.",
	"route.hosts":     "name. preference. ttl_s. addresses+ cname provider notes+",
	"notes":           "code. text.",
	"tries":           "host. address. port. purpose. stages+ banner software provider extensions tls",
	"tries.stages":    "stage. ok! ms. code enhanced text+ cause",
	"tries.tls":       "version. cipher. trusted! names+ not_after. reason dane",
	"recipients":      "address. answer. code enhanced text",
	"message":         "bytes. queue_id",
	"arrival":         "mailbox. message_id found! folder kind filed after_ms waited_ms. rounds. folders+ from subject hops+ checks+ marks+",
	"arrival.hops":    "from address by with id at delay_ms. encrypted! text.",
	"arrival.checks":  "method. result. domain by text.",
	"arrival.marks":   "field. value. spam! text.",
	"ourselves":       "address. told! private! names+ hello. hello_fits! notes+",
	"ourselves.names": "name. confirmed!",
	"verdict":         "code. word. sentence. who. who_text. next.",
	"tries.software":  "", "tries.extensions": "*",
}

// cmdShape holds the object on standard output against the shape that the
// design gives it.
func cmdShape(ts *testscript.TestScript, _ bool, _ []string) {
	for _, fault := range misshapen("", object(ts)) {
		ts.Fatalf("%s", fault)
	}
}

// misshapen tells what is wrong with a part and the parts in it.
func misshapen(part string, value any) (faults []string) {
	switch value := value.(type) {
	case []any:
		for _, inner := range value {
			faults = append(faults, misshapen(part, inner)...)
		}
	case map[string]any:
		faults = missing(part, value)
		for key, inner := range value {
			name := strings.TrimPrefix(part+"."+key, ".")
			if strings.HasSuffix(name, "notes") {
				name = "notes"
			}
			if shapes[part] != "*" {
				faults = append(faults, misshapen(name, inner)...)
			}
		}
	}
	return faults
}

// missing compares the keys of one part.
func missing(part string, value map[string]any) (faults []string) {
	if shapes[part] == "*" {
		return nil
	}
	var known []string
	for _, field := range strings.Fields(shapes[part]) {
		key := strings.TrimRight(field, "!+.")
		known = append(known, key)
		inner, there := value[key]
		_, boolean := inner.(bool)
		_, list := inner.([]any)
		switch {
		case key == field:
		case !there, strings.HasSuffix(field, "!") && !boolean, strings.HasSuffix(field, "+") && !list:
			faults = append(faults, fmt.Sprintf("%s: %s is %v", part, key, inner))
		}
	}
	for key := range value {
		if !slices.Contains(known, key) {
			faults = append(faults, fmt.Sprintf("%s: %s is in no design", part, key))
		}
	}
	return faults
}
