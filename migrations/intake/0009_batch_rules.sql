-- What later files of a stream are compared with (the columns with their types, as JSON), and which rules about a whole
-- file warned of this one (their words, as JSON): where a checkpoint is set for it they hold the batch.
ALTER TABLE batch ADD COLUMN shape TEXT NOT NULL DEFAULT '[]';
ALTER TABLE batch ADD COLUMN warned TEXT NOT NULL DEFAULT '[]';
