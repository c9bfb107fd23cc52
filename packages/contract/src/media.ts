import * as z from "zod/mini";
import { id } from "./shape.ts";

/** Answer of `POST /media` (multipart: `file`, `key`): three sizes for pictures, one address for other files. */
export const stored = z.object({
  id,
  kind: z.string(),
  name: z.string(),
  bytes: z.int(),
  url: z.string(),
  small: z.nullable(z.string()),
  width: z.nullable(z.int()),
  height: z.nullable(z.int()),
});
export type Stored = z.infer<typeof stored>;
export const mediaLimits = {
  picture: 10 * 1024 * 1024,
  file: 20 * 1024 * 1024,
  kinds: ["jpg", "png", "webp", "gif", "pdf", "docx", "xlsx", "doc", "xls"],
} as const;
