"""Plans held against each other: two versions of one, several regions, and the sources that decisions rest on."""
