-- What was said in office with a step of a case, where a platform looks at it after it was said. The words are in the record,
-- which is never changed; here stands whether they are shown.
CREATE TABLE circle_step (
  id char(26) NOT NULL,
  post char(26) NOT NULL,
  village char(12) NOT NULL,
  file char(26) NOT NULL,
  number int NOT NULL,
  check_state varchar(10) NOT NULL,
  refused varchar(200),
  PRIMARY KEY (id),
  UNIQUE KEY circle_step_of (post, number),
  KEY circle_step_check (check_state, village, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
