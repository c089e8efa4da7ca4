"""The days the chain paid: predicted, held against the ledger, rebuilt from prices."""
