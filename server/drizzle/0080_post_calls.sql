-- Does a post call the village (@村里), as a comment may?
ALTER TABLE post ADD COLUMN calls tinyint NOT NULL DEFAULT 0;
