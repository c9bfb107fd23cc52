-- Answers that cadres keep to hand: one's own (`region` null), or those of a place for all cadres in it.

CREATE TABLE case_template (
  id char(26) NOT NULL,
  person char(26) NOT NULL,
  region char(12),
  text varchar(300) NOT NULL,
  created_at datetime(3) NOT NULL,
  idem_key char(64) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY case_template_key (person, idem_key),
  KEY case_template_region (region, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The board asks for the rounds that began in a period.
CREATE INDEX case_step_began ON case_step (move, at);

-- An account that is closed gives back what was assigned to it.
CREATE INDEX case_file_assignee ON case_file (assignee);
