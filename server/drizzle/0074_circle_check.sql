-- What was asked about the words and the pictures of a post or a comment, and what is known.
CREATE TABLE circle_check (
  id char(26) NOT NULL,
  what char(26) NOT NULL,
  -- Which of its texts: 0 the first, then one for each edit.
  version int NOT NULL,
  -- One picture; empty for the words.
  media varchar(26) NOT NULL,
  via varchar(8) NOT NULL,
  state varchar(8) NOT NULL,
  label varchar(12) NOT NULL,
  -- Under this the platform sends its answer later.
  trace varchar(128),
  at datetime(3) NOT NULL,
  ended_at datetime(3),
  PRIMARY KEY (id),
  UNIQUE KEY circle_check_part (what, version, media),
  UNIQUE KEY circle_check_trace (trace),
  KEY circle_check_open (state, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a platform sent by itself, also before we had written down that we asked.
CREATE TABLE circle_push (
  trace varchar(128) NOT NULL,
  state varchar(8) NOT NULL,
  label varchar(12) NOT NULL,
  at datetime(3) NOT NULL,
  PRIMARY KEY (trace),
  KEY circle_push_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Once for each text: whoever wrote it asks for another pair of eyes.
CREATE TABLE circle_appeal (
  id char(26) NOT NULL,
  village char(12) NOT NULL,
  what char(26) NOT NULL,
  version int NOT NULL,
  person char(26) NOT NULL,
  why varchar(200) NOT NULL,
  idem_key char(64) NOT NULL,
  at datetime(3) NOT NULL,
  decided_at datetime(3),
  decided_by char(26),
  upheld tinyint,
  PRIMARY KEY (id),
  UNIQUE KEY circle_appeal_once (what, version),
  UNIQUE KEY circle_appeal_key (person, idem_key),
  KEY circle_appeal_open (decided_at, village, what)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Decisions now say about which text, why in the words of the public record, and whether an appeal was decided. Null
-- `decided_by`: a checker refused it.
ALTER TABLE circle_decision
  ADD COLUMN version int NOT NULL DEFAULT 0,
  ADD COLUMN label varchar(12) NOT NULL DEFAULT 'other',
  ADD COLUMN appeal tinyint NOT NULL DEFAULT 0,
  MODIFY decided_by char(26),
  ADD KEY circle_decision_log (village, at);

ALTER TABLE post_comment ADD COLUMN refused varchar(200);
