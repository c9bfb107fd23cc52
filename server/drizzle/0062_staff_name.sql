-- How a person who holds an office is called, as whoever gave it wrote; a verified villager's own name goes before it.
CREATE TABLE staff_name (
  person_id char(26) NOT NULL,
  name varchar(255) NOT NULL,
  given_by char(26),
  given_at datetime(3) NOT NULL,
  PRIMARY KEY (person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
