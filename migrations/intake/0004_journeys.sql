-- How many journeys an integration has: counted with its tallies, so that nobody has to read them all to know.
ALTER TABLE tallied ADD COLUMN journeys INTEGER;
