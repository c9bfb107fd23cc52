import { createHash } from "node:crypto";
import { type Encoding, squeezePage } from "../serve/files.ts";

/** A page as it is sent, to everybody who asks the same; squeezed when somebody first wants it so. */
export type Page = {
  status: number;
  html: string;
  headers: Readonly<Record<string, string>>;
  etag: string;
  squeezed(encoding: Encoding): Promise<Buffer>;
};

/** `unlike`: the part that changes while the page stays the same (the time of its answers). */
export function pageOf(status: number, html: string, headers: Record<string, string>, unlike = ""): Page {
  const kept = new Map<Encoding, Promise<Buffer>>();
  const same = unlike === "" ? html : html.replace(unlike, "");
  return {
    status,
    html,
    headers,
    etag: `W/"${createHash("sha256").update(same).digest("base64url").slice(0, 22)}"`,
    squeezed(encoding) {
      const made = kept.get(encoding) ?? squeezePage(encoding, html);
      kept.set(encoding, made);
      return made;
    },
  };
}
