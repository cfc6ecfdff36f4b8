package errgroups

import (
	"testing"

	"example.com/errgroup-workshop/internal/proof"
)

// TestSolution runs the tests in 02-errgroup over this folder.
func TestSolution(t *testing.T) { proof.Solution(t) }

// TestMistakes checks that the tests refuse every wrong answer in
// testdata/mistakes, with the message that it promises.
func TestMistakes(t *testing.T) { proof.Mistakes(t) }

// TestVariants checks that the tests pass every right answer in
// testdata/variants.
func TestVariants(t *testing.T) { proof.Variants(t) }
