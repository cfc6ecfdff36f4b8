package main

import (
	"context"
	"encoding/json"

	"example.com/errgroup-workshop/internal/gotest"
)

// A report is what check prints with -json.
type report struct {
	Passed       bool         `json:"passed"`
	Race         bool         `json:"race"` // whether the race detector ran
	Parts        []partReport `json:"parts"`
	ChangedTests []string     `json:"changedTests"` // tests, and files of the test kit
}

type partReport struct {
	Exercise string `json:"exercise"`
	File     string `json:"file"`
	Test     string `json:"test"`
	Extra    bool   `json:"extra"` // for whoever is ahead
	State    state  `json:"state"`
	Passed   bool   `json:"passed"`
	Failed   string `json:"failed,omitempty"` // the first test that failed
}

// check prints every part, passed or failed, and whether tests were changed. It
// returns errFailed unless all pass and none was changed.
func (a *app) check(ctx context.Context, args []string) error {
	args, asJSON := takeFlag(args, "json")
	if asJSON {
		a.saidNoRace = true // the report says it
	}
	exercises, err := a.exercises(args)
	if err != nil {
		return err
	}
	changed, err := a.repo.changed()
	if err != nil {
		return err
	}
	// -count=1: what passed once must pass now.
	suites, verdicts, err := a.verdictsOf(ctx, []string{"-count=1"}, nil, exercises...)
	if err != nil {
		return err
	}
	_, open := firstOpen(verdicts)
	r := report{Passed: !open && len(changed) == 0, ChangedTests: append([]string{}, changed...)}
	r.Race, _ = gotest.RaceWorks()
	for _, v := range verdicts {
		r.Parts = append(r.Parts, partReport{v.Exercise, v.File, v.Test, v.Extra(), v.state, v.state == solved, v.test})
	}
	if asJSON {
		content, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return err
		}
		a.out.printf("%s\n", content)
	} else {
		a.printReport(suites, verdicts, changed)
	}
	if !r.Passed {
		return errFailed
	}
	return nil
}

func (a *app) printReport(suites []suite, verdicts []verdict, changed []string) {
	for _, s := range suites {
		for _, v := range verdicts {
			if v.Exercise == s.Name {
				a.out.printf("%s  %s\n", s.Name, a.describe(v, s))
			}
		}
	}
	for _, name := range changed {
		a.out.printf("%s %s; git restore puts it back\n", a.out.red("FAIL"), name)
	}
}
