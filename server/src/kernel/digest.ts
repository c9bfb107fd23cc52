import { createHash } from "node:crypto";

/** SHA-256 in hex: of a client's key before it is kept, of what the same act sent again must repeat, of a file's bytes. */
export const sha256 = (of: string | Uint8Array): string => createHash("sha256").update(of).digest("hex");
