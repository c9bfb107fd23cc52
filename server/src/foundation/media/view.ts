import type { Stored } from "@weimenhu/contract/media";
import type { MediaRow } from "./store.ts";

export const isPicture = (kind: string): boolean => kind === "jpg" || kind === "png";

export type FileName = { digest: string; size: "large" | "medium" | "small"; kind: string };

/** `<sha-256>.jpg`, `<sha-256>-800.jpg`, `<sha-256>-320.jpg`, `<sha-256>.pdf`; anything else is no name of ours. */
export function readName(name: string): FileName | undefined {
  const found = /^([0-9a-f]{64})(?:-(800|320))?\.(jpg|png|pdf|docx|xlsx|doc|xls)$/.exec(name);
  const [, digest, size, kind] = found ?? [];
  if (!digest || !kind || (size && !isPicture(kind))) return undefined;
  return { digest, size: size === "800" ? "medium" : size === "320" ? "small" : "large", kind };
}

const suffix = { large: "", medium: "-800", small: "-320" } as const;
export const fileName = (digest: string, kind: string, size: FileName["size"] = "large"): string =>
  `${digest}${suffix[size]}.${kind}`;

/** Names of all files that a row stands for. */
export const filesOf = ({ digest, kind }: Pick<MediaRow, "digest" | "kind">): string[] =>
  isPicture(kind)
    ? [fileName(digest, kind), fileName(digest, kind, "medium"), fileName(digest, kind, "small")]
    : [fileName(digest, kind)];

/** The name that a file is saved under travels in the address: its content may be kept once for many rows. */
export function urlOf(row: Pick<MediaRow, "digest" | "kind" | "name">): string {
  const file = `/m/${fileName(row.digest, row.kind)}`;
  return isPicture(row.kind) ? file : `${file}?as=${encodeURIComponent(row.name)}`;
}

/** Which of our pictures an address means, signed or not, or undefined when it is somebody else's. */
export function pictureAt(src: string): FileName | undefined {
  const [path = ""] = src.split("?");
  const name = path.startsWith("/m/") ? readName(path.slice(3)) : undefined;
  return name && isPicture(name.kind) ? name : undefined;
}

/** The small edition of one of our pictures, for lists. */
export function smallPicture(src: string): string | null {
  const picture = pictureAt(src);
  return picture ? `/m/${fileName(picture.digest, picture.kind, "small")}` : null;
}

export const stored = (row: MediaRow): Stored => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  bytes: row.bytes,
  url: urlOf(row),
  small: isPicture(row.kind) ? `/m/${fileName(row.digest, row.kind, "small")}` : null,
  width: row.width,
  height: row.height,
});

export type Shown = { url: string; small: string; width: number; height: number };

/** A picture as it stands beside words; null for what is none. */
export function shownPicture(row: MediaRow): Shown | null {
  if (!isPicture(row.kind)) return null;
  const small = `/m/${fileName(row.digest, row.kind, "small")}`;
  return { url: urlOf(row), small, width: row.width ?? 0, height: row.height ?? 0 };
}
