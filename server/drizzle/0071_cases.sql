-- The handling of what was raised, whatever it was raised by (`subject`: `post:<id>`). The steps are the record: never changed,
-- never deleted, never before the one before.

CREATE TABLE case_file (
  id char(26) NOT NULL,
  subject varchar(60) NOT NULL,
  village char(12) NOT NULL,
  -- Who has it now: the village, or its town.
  region char(12) NOT NULL,
  author char(26) NOT NULL,
  summary varchar(80) NOT NULL,
  state varchar(12) NOT NULL,
  photo tinyint NOT NULL,
  round tinyint NOT NULL,
  round_kind varchar(10) NOT NULL,
  began_at datetime(3) NOT NULL,
  accepted_at datetime(3),
  finished_at datetime(3),
  closed_at datetime(3),
  -- [{from,to}] in epoch milliseconds; the last one open while it stands still.
  pauses text NOT NULL,
  extension varchar(8) NOT NULL,
  returned tinyint NOT NULL,
  reopened tinyint NOT NULL,
  rated tinyint NOT NULL,
  outcome varchar(10),
  reason varchar(20),
  assignee char(26),
  steps int NOT NULL,
  -- When the step that runs now is due; null when nobody has to do anything, or while it stands still.
  due_at datetime(3),
  provisional tinyint NOT NULL,
  escalated_at datetime(3),
  created_at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY case_file_subject (subject),
  KEY case_file_due (region, state, due_at, id),
  KEY case_file_watch (escalated_at, due_at),
  KEY case_file_lapse (state, finished_at),
  KEY case_file_author (author)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE case_step (
  case_id char(26) NOT NULL,
  number int NOT NULL,
  round tinyint NOT NULL,
  move varchar(12) NOT NULL,
  -- Null for what the clock did.
  actor char(26),
  mark varchar(10) NOT NULL,
  title varchar(40),
  text text NOT NULL,
  photos text NOT NULL,
  reason varchar(20),
  at datetime(3) NOT NULL,
  idem_key char(64),
  PRIMARY KEY (case_id, number),
  UNIQUE KEY case_step_key (actor, idem_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TRIGGER case_step_no_update BEFORE UPDATE ON case_step FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of a case are never changed';

CREATE TRIGGER case_step_no_delete BEFORE DELETE ON case_step FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of a case are never deleted';

CREATE TRIGGER case_step_in_order BEFORE INSERT ON case_step FOR EACH ROW BEGIN IF EXISTS (SELECT 1 FROM case_step AS earlier WHERE earlier.case_id = NEW.case_id AND (earlier.at > NEW.at OR earlier.number >= NEW.number)) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of a case are never back-dated'; END IF; END;

CREATE TABLE case_rating (
  case_id char(26) NOT NULL,
  round tinyint NOT NULL,
  stars tinyint NOT NULL,
  tags varchar(60) NOT NULL,
  text varchar(500) NOT NULL,
  at datetime(3) NOT NULL,
  PRIMARY KEY (case_id, round)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
