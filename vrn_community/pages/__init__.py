"""Pages that belong to no stage: home, the promises of the service, the desk's first page."""
