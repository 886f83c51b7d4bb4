//! What several screens show alike: hits, chains, certainty, citations, counted lists.
