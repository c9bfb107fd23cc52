import { createHash } from "node:crypto";
import { type Stored, stored } from "@weimenhu/contract/media";
import type { Block, Body } from "@weimenhu/domain/body";
import type { Person, World } from "../world.ts";
import { type PictureName, paperFile, pictureFile } from "./pictures.ts";

/** Sends a file as a phone does; the same file of the same person again is the same upload. */
async function upload(world: World, by: Person, name: string, bytes: Uint8Array): Promise<Stored> {
  const form = new FormData();
  form.append("key", `demo-${createHash("sha256").update(name).digest("hex").slice(0, 24)}`);
  form.append("file", new Blob([Uint8Array.from(bytes)]), name);
  const answer = await fetch(`${world.url}/media`, {
    method: "POST",
    headers: { "x-client": "weapp/1.0.0", authorization: `Bearer ${by.token}` },
    body: form,
  });
  const said: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${name} was not taken: ${JSON.stringify(said)}`);
  return stored.parse(said);
}

/** The body with its drawn pictures uploaded: each gets its address and measures. */
export async function withPictures(world: World, author: Person, body: Body): Promise<Body> {
  const blocks: Body = [];
  for (const block of body) blocks.push(await withPicture(world, author, block));
  return blocks;
}

async function withPicture(world: World, author: Person, block: Block): Promise<Block> {
  if (block.t === "quote") return { t: "quote", c: await withPictures(world, author, block.c) };
  if (block.t !== "img" || !block.src.startsWith("/demo/")) return block;
  const name = block.src.slice("/demo/".length);
  const { url, kind, width, height } = await upload(world, author, `${name}.jpg`, await pictureFile(name));
  if (width === null || height === null) throw new Error(`${name} was kept as ${kind}, not as a picture`);
  return { t: "img", src: url, alt: block.alt, w: width, h: height };
}

/** Ids of drawn pictures, uploaded for one post or answer: `use` keeps them apart from the same pictures elsewhere. */
export async function photosFor(
  world: World,
  by: Person,
  names: readonly PictureName[],
  use: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push((await upload(world, by, `${name}-${use}.jpg`, await pictureFile(name))).id);
  return ids;
}

/** Ids of the uploaded files, to hang on a notice. */
export async function filesOf(world: World, author: Person, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, name] of names.entries())
    ids.push((await upload(world, author, name, paperFile(`Demo paper ${at + 1} of ${names.length}`))).id);
  return ids;
}
