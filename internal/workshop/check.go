package main

import (
	"context"
	"encoding/json"
	"fmt"
)

// A report is what check prints with -json.
type report struct {
	Passed       bool         `json:"passed"`
	Race         bool         `json:"race"` // whether the race detector ran
	Parts        []partReport `json:"parts"`
	Trouble      []string     `json:"trouble,omitempty"` // what else keeps go test from passing
	ChangedTests []string     `json:"changedTests"`      // tests, and files of the test kit
}

type partReport struct {
	Exercise string `json:"exercise"`
	File     string `json:"file"`
	Test     string `json:"test"`
	Extra    bool   `json:"extra"` // for people who are ahead
	State    state  `json:"state"`
	Passed   bool   `json:"passed"`
	Failed   string `json:"failed,omitempty"` // the first test that failed
}

// check prints every part, passed or failed, and whether tests were changed. It
// returns errFailed unless all pass and none was changed.
func (a *app) check(ctx context.Context, args []string) error {
	args, asJSON := takeFlag(args, "json")
	a.silent = asJSON
	exercises, err := a.exercises(args)
	if err != nil {
		return err
	}
	changed, err := a.repo.changed()
	if err != nil {
		return err
	}
	// -count=1: what passed once must pass now.
	suites, err := a.verdictsOf(ctx, []string{"-count=1"}, exercises...)
	if err != nil {
		return err
	}
	_, open := firstOpen(suites...)
	r := report{Race: a.raceWorks, ChangedTests: append([]string{}, changed...)}
	for _, s := range suites {
		if text := s.trouble(); text != "" {
			r.Trouble = append(r.Trouble, text)
		}
		for _, v := range s.verdicts {
			r.Parts = append(r.Parts, partReport{
				Exercise: v.Exercise, File: v.File, Test: v.Test, Extra: v.Extra(),
				State: v.state, Passed: v.state == solved, Failed: v.test,
			})
		}
	}
	r.Passed = !open && len(changed)+len(r.Trouble) == 0
	if asJSON {
		content, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, "%s\n", content)
	} else {
		a.showAll(suites)
		for _, name := range changed {
			a.out.printf("%s %s; git restore brings it back\n", a.out.red("FAIL"), name)
		}
	}
	if !r.Passed {
		return errFailed
	}
	return nil
}
