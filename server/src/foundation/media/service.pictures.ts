import sharp, { type Sharp } from "sharp";
import { refusalIn, refuse } from "../../kernel/refuse.ts";

export type Picture = {
  kind: "jpg" | "png";
  width: number;
  height: number;
  large: Uint8Array;
  medium: Uint8Array;
  small: Uint8Array;
};

export const sizes = { large: 1600, medium: 800, small: 320 } as const;
/** A phone camera of 64 megapixels; what unpacks to more is a bomb. */
const mostPixels = 66_000_000;

/** Decoding takes hundreds of megabytes at worst, so pictures stand in line. */
let line: Promise<unknown> = Promise.resolve();
function inLine<T>(work: () => Promise<T>): Promise<T> {
  const mine = line.then(work, work);
  line = mine.catch(() => undefined);
  return mine;
}

/**
 * Draws the picture anew in three sizes, upright, without anything that came with it (EXIF, place, colour profiles, bytes
 * behind the end). JPEG, which every old phone reads; PNG where something is see-through. TOO_MANY_PIXELS before any of them is
 * drawn; FILE_BROKEN when it cannot be read.
 */
export async function redraw(source: string | Uint8Array): Promise<Picture> {
  return inLine(async () => {
    try {
      return await drawn(source);
    } catch (fault) {
      throw (
        refusalIn(fault) ??
        refuse("FILE_BROKEN", { why: fault instanceof Error ? fault.message : "unreadable picture" })
      );
    }
  });
}

async function drawn(source: string | Uint8Array): Promise<Picture> {
  const said = await sharp(source, { limitInputPixels: false, pages: 1 }).metadata();
  if (said.width * said.height > mostPixels) throw refuse("TOO_MANY_PIXELS", { why: `${said.width} × ${said.height}` });
  const read = sharp(source, { limitInputPixels: mostPixels, failOn: "error", pages: 1 }).autoOrient();
  const { hasAlpha } = said;
  const kind = hasAlpha && !(await read.clone().stats()).isOpaque ? "png" : "jpg";
  const first = await encoded(read.toColourspace("srgb"), kind, sizes.large);
  const [medium, small] = await Promise.all([
    encoded(sharp(first.data), kind, sizes.medium),
    encoded(sharp(first.data), kind, sizes.small),
  ]);
  const { width, height } = first.info;
  return { kind, width, height, large: first.data, medium: medium.data, small: small.data };
}

function encoded(picture: Sharp, kind: Picture["kind"], size: number) {
  const fitted = picture.resize(size, size, { fit: "inside", withoutEnlargement: true });
  const drawnAs =
    kind === "png"
      ? fitted.png({ compressionLevel: 9 })
      : fitted.flatten({ background: "#fff" }).jpeg({ quality: 80, progressive: true });
  return drawnAs.toBuffer({ resolveWithObject: true });
}
