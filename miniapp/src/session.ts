import { create } from "zustand";
import { forgetAnswers } from "./hooks/kept.ts";
import { hint } from "./platform/hint.ts";
import { phoneStore } from "./platform/store.ts";
import { act, ask, faultIn, keepToken } from "./rpc.ts";
import type { Me, SignedIn } from "./wire.ts";

export type Skin = 0 | 1 | 2;
/** A place that is looked at: chosen here without an account, or one that the account follows. */
export type Place = { code: string; name: string };

type Session = {
  /** asking: not known yet · lost: asked in vain, to be asked again · out: nobody is signed in · in: `me` is there */
  state: "asking" | "lost" | "out" | "in";
  me: Me | null;
  skin: Skin;
  /** The village shown now; null is the whole county. */
  place: Place | null;
  /** The version of the privacy text that was agreed to on this phone. */
  consent: string | null;
};

const keys = { skin: "skin", place: "place", consent: "consent" } as const;

const isSkin = (value: unknown): value is Skin => value === 0 || value === 1 || value === 2;
const isPlace = (value: unknown): value is Place =>
  typeof value === "object" && value !== null && "code" in value && "name" in value;

function remembered(): Pick<Session, "skin" | "place" | "consent"> {
  const skin = phoneStore.get(keys.skin);
  const place = phoneStore.get(keys.place);
  const consent = phoneStore.get(keys.consent);
  return {
    skin: isSkin(skin) ? skin : 0,
    place: isPlace(place) ? place : null,
    consent: typeof consent === "string" ? consent : null,
  };
}

const atStart = remembered();
// The cookies may have outlived the phone's store, or the other way round: they say the same from here on.
hint("skin", `${atStart.skin}`);
hint("place", atStart.place?.code ?? null);

export const useSession = create<Session>(() => ({ state: "asking", me: null, ...atStart }));

const { setState, getState } = useSession;

// Browsers forget cookies that scripts set sooner than what is stored: told anew at every start.
hint("skin", `${getState().skin}`);
hint("place", getState().place?.code ?? null);

/** Home first, then in the order they were followed. */
export function homeVillage(me: Me): Place | null {
  const village = me.villages.find(({ home }) => home) ?? me.villages[0];
  return village ? { code: village.code, name: village.name } : null;
}

function enter(me: Me): void {
  const chosen = getState().place;
  const followed = chosen !== null && me.villages.some(({ code }) => code === chosen.code);
  const place = followed ? chosen : (homeVillage(me) ?? chosen);
  setState({ state: "in", me, skin: me.elder, place });
  keepSkin(me.elder);
  keepPlace(place);
}

/** Kept on the phone; the site's server is told too, so that its first HTML is already in the right edition and village. */
function keepSkin(skin: Skin): void {
  phoneStore.set(keys.skin, skin);
  hint("skin", `${skin}`);
}

function keepPlace(place: Place | null): void {
  if (place) phoneStore.set(keys.place, place);
  else phoneStore.remove(keys.place);
  hint("place", place?.code ?? null);
}

/** Asks who I am; at the start and after anything that changes it. A failure leaves what was known. */
export async function refreshMe(): Promise<void> {
  try {
    const { me } = await ask("account.me", {});
    if (me) enter(me);
    else {
      // Nobody, or a session that was ended elsewhere: its token is worth nothing any more.
      keepToken(null);
      setState({ state: "out", me: null });
    }
  } catch (error) {
    console.warn("who I am is not known now", faultIn(error).zh);
    if (getState().state === "asking") setState({ state: "lost" });
  }
}

/** After any step of signing in: keeps the session, and carries an elder edition chosen before onto the account. */
export function signedIn(answer: SignedIn): void {
  const before = getState();
  keepToken(answer.token);
  forgetAnswers();
  const first = before.state !== "in" && before.skin !== 0 && answer.me.elder === 0;
  enter(first ? { ...answer.me, elder: before.skin } : answer.me);
  if (first) saveSkin(before.skin);
}

/** Forgets the person on this phone; the server was told (or the session is gone already). */
export function leave(): void {
  keepToken(null);
  forgetAnswers();
  setState({ state: "out", me: null });
}

export function setSkin(skin: Skin): void {
  keepSkin(skin);
  const { me, state } = getState();
  setState(me ? { skin, me: { ...me, elder: skin } } : { skin });
  if (state === "in") saveSkin(skin);
}

function saveSkin(skin: Skin): void {
  // The phone remembers it anyway; the account learns it with the next switch if this is lost.
  act("account.setElder", { elder: skin }).catch((error: unknown) =>
    console.warn("edition not saved on the account", faultIn(error).zh),
  );
}

export function setPlace(place: Place | null): void {
  setState({ place });
  keepPlace(place);
}

export function setConsent(version: string): void {
  setState({ consent: version });
  phoneStore.set(keys.consent, version);
}

export const may = (me: Me | null, permission: Me["may"][number]): boolean => me?.may.includes(permission) ?? false;
