"""The peers: the same data in plain tables, the same answers, none of the service's promises."""
