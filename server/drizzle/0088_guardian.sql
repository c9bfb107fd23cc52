-- That a guardian lets a child under fourteen be a verified villager of a village and speak there: noted by the village for an
-- account, perhaps before it belongs to a villager. The signed paper lies at the village office.
CREATE TABLE guardian (
  id char(26) NOT NULL,
  person_id char(26) NOT NULL,
  region char(12) NOT NULL,
  paper varchar(40) NOT NULL,
  noted_by char(26) NOT NULL,
  at datetime(3) NOT NULL,
  ended_at datetime(3),
  ended_by char(26),
  -- person:region while it is in force: one for each village.
  open_key char(39),
  PRIMARY KEY (id),
  UNIQUE KEY guardian_open (open_key),
  KEY guardian_person (person_id),
  KEY guardian_region (region, ended_at, at, id),
  KEY guardian_by (noted_by)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- There was one for each person, so the person's id tells them apart.
INSERT INTO guardian (id, person_id, region, paper, noted_by, at, ended_at, open_key)
SELECT person, person, village, paper, noted_by, at, ended_at, IF(ended_at IS NULL, CONCAT(person, ':', village), NULL)
FROM circle_guardian;

DROP TABLE circle_guardian;
