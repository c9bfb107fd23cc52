import type { Source } from "@weimenhu/connectors/ports";
import { mediaLimits, type Stored } from "@weimenhu/contract/media";
import { fileNameOf } from "@weimenhu/domain/base/text";
import { dayMs, dayOf, startOf } from "@weimenhu/domain/base/workday";
import { type UploadRight, uploadRight } from "@weimenhu/domain/media/upload";
import { fileTypeFromBuffer, fileTypeFromFile } from "file-type";
import { signedIn } from "../../kernel/caller.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Db } from "../../kernel/db.ts";
import { sha256 } from "../../kernel/digest.ts";
import { newId } from "../../kernel/id.ts";
import { refuse } from "../../kernel/refuse.ts";
import type { Ctx } from "../../kernel/rpc.ts";
import { inTx, type Tx } from "../../kernel/tx.ts";
import { holdPerson } from "../identity/index.ts";
import { type Sign, signedPicture } from "./service.addresses.ts";
import { redraw } from "./service.pictures.ts";
import { type Files, ofBytes, ofFile } from "./store.files.ts";
import * as store from "./store.ts";
import { fileName, filesOf, type Shown, shownPicture, stored } from "./view.ts";

/** What has come in: the whole file lies at `path`, `sent` is its SHA-256. */
export type Incoming = { path: string; bytes: number; sent: string; name: string; key: string };
type New = Pick<store.MediaRow, "uploader" | "idemKey" | "sent" | "name">;
type House = { db: Db; clock: Clock; files: Files };

const pictureKinds: readonly string[] = ["jpg", "png", "webp", "gif"];
const oldOffice: readonly string[] = ["doc", "xls"];
/** What a database row and a header can hold. */
const longestName = 100;

/** The gate, asked before the first byte is read. */
export function mayUpload(ctx: Ctx): UploadRight {
  const right = uploadRight(ctx.caller);
  if (typeof right === "string") throw refuse(right);
  return right;
}

/** Today begins at midnight in China. Two at the same moment may be one more than allowed; a flood is not. */
async function withinDay({ db, clock }: Ctx, person: string, { aDay }: UploadRight): Promise<void> {
  const midnight = startOf(dayOf(clock.now()));
  if ((await store.countSince(db, person, midnight)) < aDay) return;
  const seconds = Math.ceil((midnight + dayMs - clock.now()) / 1_000);
  throw refuse("UPLOADS_TODAY", { details: { seconds } });
}

/** Keeps an uploaded file. The same key again gives the same answer; with other bytes, KEY_REUSED. */
export async function receive(files: Files, ctx: Ctx, file: Incoming): Promise<Stored> {
  const right = mayUpload(ctx);
  const { personId } = signedIn(ctx);
  const house = { db: ctx.db, clock: ctx.clock, files };
  const row = { uploader: personId, idemKey: file.key, sent: file.sent, name: cleanName(file.name) };
  const before = await store.byKey(ctx.db, personId, file.key);
  if (before) return again(before, row);
  await withinDay(ctx, personId, right);
  const kind = await kindOf(file, right);
  const incoming = ofFile(file.path, file.bytes);
  await scanned(files, incoming);
  if (!pictureKinds.includes(kind)) {
    const write = () => files.storage.put(fileName(file.sent, kind), incoming);
    await write();
    return keep(house, { ...row, digest: file.sent, kind, bytes: file.bytes, width: null, height: null }, write);
  }
  if (file.bytes > mediaLimits.picture) throw refuse("FILE_TOO_LARGE");
  return keepPicture(house, row, file.path);
}

/** Nothing is kept that the scanner has not passed; a fault of it is for whoever asked. */
async function scanned({ scan }: Files, source: Source): Promise<void> {
  const verdict = (await scan?.scan(source)) ?? { clean: true };
  if ("no" in verdict) throw refuse("FILE_INFECTED", { why: verdict.virus });
}

/** Keeps a picture that the server itself brought in. FILE_KIND or FILE_BROKEN when it is none. */
export async function storePicture(
  house: House,
  picture: { by: string; key: string; name: string; bytes: Uint8Array },
): Promise<Stored> {
  const { by, key, name, bytes } = picture;
  const found = await fileTypeFromBuffer(bytes);
  if (!found || !pictureKinds.includes(found.ext)) throw refuse("FILE_KIND");
  await scanned(house.files, ofBytes(bytes));
  const sent = sha256(bytes);
  return keepPicture(house, { uploader: by, idemKey: key, sent, name: cleanName(name) }, bytes);
}

async function keepPicture(house: House, row: New, source: string | Uint8Array): Promise<Stored> {
  const { kind, large, medium, small, width, height } = await redraw(source);
  const digest = sha256(large);
  const { storage } = house.files;
  const write = async () => {
    await storage.put(fileName(digest, kind), ofBytes(large));
    await storage.put(fileName(digest, kind, "medium"), ofBytes(medium));
    await storage.put(fileName(digest, kind, "small"), ofBytes(small));
  };
  await write();
  return keep(house, { ...row, digest, kind, bytes: large.length, width, height }, write);
}

/** The files come first, the row last: a row always stands for whole files. */
async function keep(
  house: House,
  row: Omit<store.MediaRow, "id" | "createdAt">,
  rewrite: () => Promise<void>,
): Promise<Stored> {
  const whole = { ...row, id: newId(house.clock), createdAt: house.clock.now() };
  const fresh = await inTx(house.db, async (tx) => {
    await holdPerson(tx, row.uploader);
    return store.insert(tx, whole);
  });
  if (!fresh) {
    const before = await store.byKey(house.db, row.uploader, row.idemKey);
    return again(before, row);
  }
  // The sweep may have taken files of the same content in the moment before this row was there.
  for (const name of filesOf(row)) if (!(await house.files.storage.has(name))) await rewrite();
  return stored(whole);
}

function again(before: store.MediaRow | undefined, row: New): Stored {
  if (!before || before.sent !== row.sent) throw refuse("KEY_REUSED");
  return stored(before);
}

/** By content; the name may only say which of the two old Office kinds it is, and must not lie about picture or paper. */
async function kindOf(file: Incoming, { what }: UploadRight): Promise<string> {
  const found = (await fileTypeFromFile(file.path))?.ext ?? "";
  if (what === "pictures" && !pictureKinds.includes(found))
    throw refuse("NOT_A_PICTURE", { why: `content ${found || "unknown"}` });
  const said = /\.([a-z0-9]{1,5})$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const kind = found === "cfb" && oldOffice.includes(said) ? said : found;
  const known: readonly string[] = mediaLimits.kinds;
  if (!known.includes(kind)) throw refuse("FILE_KIND", { why: `content ${found || "unknown"}, name .${said}` });
  const saidKind = said === "jpeg" ? "jpg" : said;
  const agree = pictureKinds.includes(kind)
    ? !known.includes(saidKind) || pictureKinds.includes(saidKind)
    : saidKind === kind;
  if (!agree) throw refuse("FILE_KIND", { why: `content ${kind}, name .${said}` });
  return kind;
}

/** The last part of a path, without what could turn a line or a header around. */
function cleanName(name: string): string {
  const last = fileNameOf(name).split(/[/\\]/).at(-1) ?? "";
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}"]/gu, "").trim();
  return [...clean].slice(-longestName).join("") || "文件";
}

/**
 * Lets `owner` (`notice:<id>`) show these, if each was uploaded by the person or is shown by this owner already. Null when
 * one is not: whether it exists elsewhere is not told.
 */
export async function claimMedia(
  tx: Tx,
  asked: { owner: string; person: string; ids: readonly string[]; digests: readonly string[] },
): Promise<{ byId: Map<string, store.MediaRow>; byDigest: Map<string, store.MediaRow> } | null> {
  const rows = await store.usable(tx, asked);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byDigest = new Map(rows.map((row) => [row.digest, row]));
  if (!asked.ids.every((id) => byId.has(id)) || !asked.digests.every((digest) => byDigest.has(digest))) return null;
  await store.use(tx, asked.owner, [...byId.keys()]);
  return { byId, byDigest };
}

/**
 * Pictures by their ids, with signed addresses; what is no picture, or no longer kept, is left out. Who may see them is for the
 * room that asks.
 */
export async function shownPictures(
  sign: Sign,
  { db, clock }: { db: Db; clock: Clock },
  ids: readonly string[],
): Promise<Map<string, Shown>> {
  const now = clock.now();
  const rows = await store.byIds(db, ids);
  return new Map(
    rows.flatMap((row) => {
      const shown = shownPicture(row);
      return shown ? [[row.id, signedPicture(sign, now, shown)] as const] : [];
    }),
  );
}
