"""Charts that any question may use."""
