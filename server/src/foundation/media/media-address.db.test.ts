import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MediaKit, mediaKit, photo, secretary } from "../../../test/media-kit.ts";
import { testConfig } from "../../kernel/testing.ts";
import { inTx } from "../../kernel/tx.ts";
import { addresses, claimMedia, showOnly } from "./index.ts";

let media: MediaKit;
let kit: MediaKit["kit"];
beforeAll(async () => {
  media = await mediaKit();
  ({ kit } = media);
});
afterAll(() => media.close());

const status = async (url: string) => (await media.app.inject({ url })).statusCode;
const second = () => kit.clock.advance(1_000);
let width = 40;

/** A photo in use by a post, which shows it to the public or not. */
async function posted(owner: string, to: "public" | "signed") {
  const { stored } = await media.send(await photo(++width, 30), "p.jpg");
  const show = (more: typeof to | null) =>
    inTx(kit.db, (tx) =>
      showOnly(tx, {
        owner,
        ids: more === null ? [] : [stored.id],
        digests: [],
        at: kit.clock.now(),
        ...(more === null ? {} : { to: more }),
      }),
    );
  await inTx(kit.db, (tx) => claimMedia(tx, { owner, person: secretary.personId, ids: [stored.id], digests: [] }));
  await show(to);
  const bare = stored.url.split("?")[0] ?? "";
  return { bare, show, signed: () => media.addresses.sign(bare, kit.clock.now()) };
}

describe("a picture that is not for everybody", () => {
  test("is given by a signed address in all its sizes, and to nobody who only knows its name", async () => {
    const { bare, signed } = await posted("post:1", "signed");
    const query = signed().slice(bare.length);
    for (const size of ["", "-800", "-320"]) {
      const name = bare.replace(".jpg", `${size}.jpg`);
      expect([await status(name), await status(`${name}${query}`)]).toEqual([404, 200]);
    }
    const answer = await media.app.inject({ url: signed() });
    expect(answer.headers["cache-control"]).toBe("private, max-age=60, must-revalidate");
    const { etag } = answer.headers;
    expect((await media.app.inject({ url: bare, headers: { "if-none-match": String(etag) } })).statusCode).toBe(404);
  });

  test("keeps its address the same for ten minutes and for twenty at most", async () => {
    const { signed } = await posted("post:2", "signed");
    const first = signed();
    expect(signed()).toBe(first);
    kit.clock.advance(10 * 60_000 - 1);
    expect(await status(first)).toBe(200);
    kit.clock.advance(10 * 60_000 + 1);
    expect(await status(first)).toBe(404);
    expect(await status(signed())).toBe(200);
  });

  test("is not opened by an address that was made up, changed, or made for another picture", async () => {
    const { bare, signed } = await posted("post:3", "signed");
    const other = await posted("post:4", "signed");
    const url = signed();
    const until = new URL(url, "http://x").searchParams.get("until") ?? "";
    const sig = new URL(url, "http://x").searchParams.get("sig") ?? "";
    const later = String(Number(until) + 600_000);
    const foreign = addresses(testConfig({ INDEX_KEY: "0badc0de".repeat(8) })).sign(bare, kit.clock.now());
    for (const wrong of [
      `${bare}?until=${later}&sig=${sig}`,
      `${bare}?until=${until}&sig=`,
      `${bare}?until=${until}`,
      `${bare}?sig=${sig}`,
      `${bare}?until=${until}&sig=${sig}A`,
      `${bare}?until=${until}&sig=${sig.slice(1)}`,
      `${bare}?until=${until}&until=${later}&sig=${sig}`,
      `${bare}?until=9e15&sig=${sig}`,
      `${other.bare}?until=${until}&sig=${sig}`,
      foreign,
    ])
      expect([wrong, await status(wrong)]).toEqual([wrong, 404]);
    expect(await status(url)).toBe(200);
  });

  test("lies open as soon as somebody shows it to the public, and no longer than that", async () => {
    const { bare, show, signed } = await posted("post:5", "signed");
    expect([await status(bare), await status(signed())]).toEqual([404, 200]);
    await show("public");
    expect(await status(bare)).toBe(200);
    await show("signed");
    second();
    expect([await status(bare), await status(signed())]).toEqual([404, 200]);
  });

  test.each(["public", "signed"] as const)("is gone a second after its post was deleted (%s)", async (to) => {
    const { bare, show, signed } = await posted(`post:gone-${to}`, to);
    const before = signed();
    expect(await status(before)).toBe(200);
    await show(null);
    second();
    expect([await status(bare), await status(before), await status(signed())]).toEqual([404, 404, 404]);
  });
});
