-- What a session that ended no longer needs to know: which platform account signed in, and on which device.

UPDATE session SET provider = NULL, subject = NULL, device = '' WHERE ended_at IS NOT NULL AND (subject IS NOT NULL OR device <> '');
