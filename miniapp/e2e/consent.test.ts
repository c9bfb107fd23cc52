import mysql from "mysql2/promise";
import { describe, expect, test } from "vitest";
import { aCounty, pages, phonesOf, platforms } from "./kit.ts";

/** A privacy text that changed while somebody was signed in. */
const county = aCounty();
const title = "《隐私保护说明》有更新";

async function newText(): Promise<void> {
  const db = await mysql.createConnection(county().databaseUrl);
  await db.execute("DELETE FROM consent WHERE what = 'privacy'");
  await db.end();
}

describe.each(platforms)("a newer privacy text on %s", (platform) => {
  const phones = phonesOf(platform, county);

  test("is asked for when the app is brought to the front, may be put off, and one press agrees", async () => {
    const host = await phones.start({ as: `1990000064${platforms.indexOf(platform)}`, url: `/${pages.me}` });
    expect(await host.texts()).not.toContain(title);
    await newText();
    await host.background({ seconds: 60 });
    await host.foreground();
    expect(await host.texts()).toContain("以后再说");
    await host.tap({ text: "看《隐私保护说明》" });
    expect(host.route).toBe(pages.document);
    await host.back();
    await host.tap({ text: "以后再说" });
    expect(await host.texts()).not.toContain("以后再说");
    await host.tap({ text: title });
    await host.tap({ text: "同意" });
    expect(host.route).toBe(pages.me);
    expect(await host.texts()).not.toContain(title);
  });
});
