/** A message that a phone shows outside of the app. */
export type Note = {
  way: "微信" | "支付宝";
  to: string;
  template: string;
  page: string;
  /** The template's fields, in its order. */
  values: Record<string, string>;
  at: number;
};

export type NotesControl = {
  /** The person taps "allow" for this template so many times; less than none takes all of it back. */
  allow(to: string, template: string, times?: number): void;
  /** Oldest first. */
  notes(to?: string): Note[];
};

export type Template = { id: string; name: string; fields: readonly string[] };

/** What people allowed, and what their phones show. `lenient`: whoever is asked has allowed it (a real phone did the asking). */
export function noteBook(templates: readonly Template[], lenient: boolean) {
  const allowed = new Map<string, number>();
  const shown: Note[] = [];
  const key = (to: string, template: string) => `${to} ${template}`;
  const control: NotesControl = {
    allow(to, template, times = 1) {
      const left = times < 0 ? 0 : (allowed.get(key(to, template)) ?? 0) + times;
      allowed.set(key(to, template), left);
    },
    notes: (to) => shown.filter((note) => to === undefined || note.to === to),
  };
  return {
    control,
    template: (id: unknown) => templates.find((one) => one.id === id),
    /** False when the person has allowed nothing (more). */
    show(note: Note): boolean {
      const left = allowed.get(key(note.to, note.template)) ?? 0;
      if (left < 1 && !lenient) return false;
      allowed.set(key(note.to, note.template), Math.max(left - 1, 0));
      shown.push(note);
      if (shown.length > 500) shown.shift();
      return true;
    },
  };
}

/** `{"thing1": {"value": "…"}}` with all of the template's fields and no other; the name of the first that is wrong instead. */
export function valuesIn(
  data: unknown,
  fields: readonly string[],
  most: (field: string) => number,
): { values: Record<string, string> } | { wrong: string } {
  const given = new Map(typeof data === "object" && data !== null ? Object.entries(data) : []);
  const values: Record<string, string> = {};
  for (const field of new Set([...fields, ...given.keys()])) {
    const entry: unknown = given.get(field);
    const value = typeof entry === "object" && entry !== null && "value" in entry ? entry.value : undefined;
    if (!fields.includes(field) || typeof value !== "string" || value === "" || [...value].length > most(field))
      return { wrong: field };
    values[field] = value;
  }
  return { values };
}
