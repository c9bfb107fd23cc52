-- The village circle: what people write, and what others say to it. Photos are media in use by `post:<id>`.

CREATE TABLE post (
  id char(26) NOT NULL,
  village char(12) NOT NULL,
  author char(26) NOT NULL,
  kind varchar(12) NOT NULL,
  audience varchar(10) NOT NULL,
  -- 0 not shown (being checked, refused, deleted), 1 whole village, 2 verified villagers, 3 cadres.
  shelf tinyint NOT NULL,
  -- The case that the post became, and its state; empty when it is none.
  case_id char(26),
  state varchar(12) NOT NULL,
  hidden tinyint NOT NULL,
  mark varchar(10) NOT NULL,
  title varchar(40),
  text text NOT NULL,
  photos text NOT NULL,
  place varchar(60),
  check_state varchar(10) NOT NULL,
  refused varchar(200),
  likes int NOT NULL,
  comments int NOT NULL,
  edits int NOT NULL,
  -- The newest official answer, as it was given.
  answer text,
  created_at datetime(3) NOT NULL,
  edited_at datetime(3),
  deleted_at datetime(3),
  idem_key char(64) NOT NULL,
  idem_digest char(64) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY post_key (author, idem_key),
  KEY post_feed (village, shelf, id),
  KEY post_kind (village, shelf, kind, id),
  KEY post_state (village, shelf, state, id),
  KEY post_mine (author, id),
  KEY post_check (check_state, village, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What an edit replaced. The key is that of the edit.
CREATE TABLE post_text (
  post char(26) NOT NULL,
  version int NOT NULL,
  text text NOT NULL,
  photos text NOT NULL,
  place varchar(60),
  replaced_at datetime(3) NOT NULL,
  idem_key char(64) NOT NULL,
  idem_digest char(64) NOT NULL,
  PRIMARY KEY (post, version),
  UNIQUE KEY post_text_key (post, idem_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE post_comment (
  id char(26) NOT NULL,
  post char(26) NOT NULL,
  village char(12) NOT NULL,
  under char(26),
  author char(26) NOT NULL,
  mark varchar(10) NOT NULL,
  title varchar(40),
  text text NOT NULL,
  -- Does it call the village (@村里)?
  calls tinyint NOT NULL,
  check_state varchar(10) NOT NULL,
  created_at datetime(3) NOT NULL,
  deleted_at datetime(3),
  idem_key char(64) NOT NULL,
  idem_digest char(64) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY post_comment_key (author, idem_key),
  KEY post_comment_of (post, id),
  KEY post_comment_check (check_state, village, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE post_like (
  post char(26) NOT NULL,
  person char(26) NOT NULL,
  at datetime(3) NOT NULL,
  PRIMARY KEY (post, person),
  KEY post_like_by (person, post)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Whom a person does not want to see. For a post whose author hides it is the post itself: to block the person would tell
-- who it is, by what else disappears.
CREATE TABLE circle_block (
  person char(26) NOT NULL,
  blocked char(26) NOT NULL,
  at datetime(3) NOT NULL,
  PRIMARY KEY (person, blocked)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE post_report (
  id char(26) NOT NULL,
  village char(12) NOT NULL,
  -- A post or a comment.
  what char(26) NOT NULL,
  person char(26) NOT NULL,
  why varchar(200) NOT NULL,
  at datetime(3) NOT NULL,
  decided_at datetime(3),
  PRIMARY KEY (id),
  UNIQUE KEY post_report_once (what, person),
  KEY post_report_by (person),
  KEY post_report_open (village, decided_at, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What those who check decided about a post or a comment.
CREATE TABLE circle_decision (
  id char(26) NOT NULL,
  village char(12) NOT NULL,
  what char(26) NOT NULL,
  pass tinyint NOT NULL,
  reason varchar(200) NOT NULL,
  decided_by char(26) NOT NULL,
  at datetime(3) NOT NULL,
  PRIMARY KEY (id),
  KEY circle_decision_of (what, id),
  KEY circle_decision_by (decided_by)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
