import type { Phone } from "./phone.ts";
import type { PictureBytes } from "./types.ts";
import { messageOf } from "./values.ts";

/**
 * Fetches a picture of a server for the view. What a person would not see there is the phone's error, with the reason;
 * without a network it is nobody's fault.
 */
export async function fetchPicture(phone: Phone, url: string): Promise<PictureBytes | undefined> {
  const end = phone.activity.begin();
  try {
    if (phone.network.offline) throw new Error("");
    if (!URL.canParse(url) || !phone.allow.includes(new URL(url).origin)) throw new Error("its origin is not listed");
    const answer = await fetch(phone.addressOf(url));
    const type = answer.headers.get("content-type") ?? "";
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    if (!type.startsWith("image/")) throw new Error(`the server gave ${type === "" ? "something" : type}`);
    return { bytes: new Uint8Array(await answer.arrayBuffer()), type };
  } catch (error) {
    phone.missing.add(url);
    if (messageOf(error) !== "") phone.fail(`picture ${url}: ${messageOf(error)}`);
    return undefined;
  } finally {
    setTimeout(end, 0);
  }
}
