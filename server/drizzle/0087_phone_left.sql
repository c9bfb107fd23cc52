-- A number that an account left lies in a row of its own until it was told, no longer in the outbox: so a change of the keys
-- reaches it, and closing the account takes it away.
CREATE TABLE phone_left (
  id CHAR(26) NOT NULL,
  person_id CHAR(26) NOT NULL,
  phone VARCHAR(255) NOT NULL,
  left_at DATETIME(3) NOT NULL,
  PRIMARY KEY (person_id, id),
  UNIQUE KEY phone_left_id (id),
  KEY phone_left_at (left_at)
);
INSERT IGNORE INTO phone_left (id, person_id, phone, left_at)
  SELECT o.idem_key, p.id, JSON_VALUE(o.payload, '$.phone'), o.created_at FROM outbox o
    JOIN person p ON p.id = JSON_VALUE(o.payload, '$.id') AND p.state = 'open'
  WHERE o.kind = 'sms.changed' AND o.state <> 'done';
UPDATE outbox SET payload = JSON_OBJECT('id', idem_key) WHERE kind = 'sms.changed';
