-- How many entries of the last reading were too long to be kept whole; staff see it beside the portal.
ALTER TABLE portal ADD COLUMN cut int NOT NULL DEFAULT 0;
