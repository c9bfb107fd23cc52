-- How much a person has sent today.

CREATE INDEX media_day ON media (uploader, created_at);
