"""From what a learner gave to a verdict: reading, running, judging."""
