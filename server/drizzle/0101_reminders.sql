ALTER TABLE appointment
  -- When somebody was reminded of it last, or it was moved; null: not since it was booked. What was due before is not told any more.
  ADD COLUMN reminded_at datetime(3) DEFAULT NULL AFTER free_until,
  ADD KEY appointment_start (state, start_at);

-- From then on nobody is rung up for it: what it is about has begun.
ALTER TABLE message ADD COLUMN ring_until datetime(3) DEFAULT NULL;
