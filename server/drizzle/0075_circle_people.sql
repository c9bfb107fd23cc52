-- What a person set for what others may say to them.
CREATE TABLE circle_setting (
  person char(26) NOT NULL,
  -- Only people whom the person has answered or liked, and cadres, may comment.
  known_only tinyint NOT NULL,
  updated_at datetime(3) NOT NULL,
  PRIMARY KEY (person)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- That a guardian lets a child under fourteen speak in the circle. The signed paper lies at the village office.
CREATE TABLE circle_guardian (
  person char(26) NOT NULL,
  village char(12) NOT NULL,
  paper varchar(40) NOT NULL,
  noted_by char(26) NOT NULL,
  at datetime(3) NOT NULL,
  ended_at datetime(3),
  PRIMARY KEY (person),
  KEY circle_guardian_by (noted_by)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
