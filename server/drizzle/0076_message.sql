-- What people were told. One row a person and event; those that gather (comments under a post) keep the event's name only
-- while they are unread, so that the next one begins a new row.

CREATE TABLE message (
  id char(26) NOT NULL,
  person char(26) NOT NULL,
  event varchar(90) NOT NULL,
  kind varchar(14) NOT NULL,
  region char(12) NOT NULL,
  -- The page to open, and of what.
  page varchar(10) NOT NULL,
  about char(26) NOT NULL,
  words text NOT NULL,
  count int NOT NULL,
  at datetime(3) NOT NULL,
  read_at datetime(3),
  -- How it went outside of the app, by which way: null while nothing was tried, `trying` from before the call to its answer.
  way varchar(8),
  outside varchar(8),
  outside_at datetime(3),
  PRIMARY KEY (id),
  UNIQUE KEY message_event (person, event),
  KEY message_inbox (person, at, id),
  KEY message_unread (person, read_at),
  KEY message_old (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How many messages a person still lets a vendor show: one consent is one message.
CREATE TABLE message_consent (
  person char(26) NOT NULL,
  channel varchar(8) NOT NULL,
  template varchar(10) NOT NULL,
  remaining int NOT NULL,
  last_key char(64) NOT NULL,
  updated_at datetime(3) NOT NULL,
  PRIMARY KEY (person, channel, template)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
