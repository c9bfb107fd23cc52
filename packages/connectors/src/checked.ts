/** Is the system set up and reachable? Cheap, harmless, for the health page. `why` is for staff, in English, no secrets. */
export type Health = { ok: true } | { ok: false; why: string };
export type Checked = { check(): Promise<Health> };
