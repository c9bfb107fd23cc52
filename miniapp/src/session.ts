import { create } from "zustand";
import { forgetPersonal, outdate } from "./hooks/kept.ts";
import {
  changedElsewhere,
  forgetMine,
  handOver,
  lastHere,
  personKey,
  rememberPerson,
  takeOver,
  whoIsHere,
} from "./mine.ts";
import { isPlace, type Place } from "./place.ts";
import { now } from "./platform/clock.ts";
import { isWeb } from "./platform/env.ts";
import { hint } from "./platform/hint.ts";
import { openAnew, to } from "./platform/navigate.ts";
import { phoneStore } from "./platform/store.ts";
import { act, ask, faultIn, keepToken, openedBy, whenConsentIsWanted, whenSessionEnds } from "./rpc.ts";
import { isSkin, type Skin, unsavedSkin } from "./unsaved-skin.ts";
import { takeWanted, wantNothing } from "./wanted.ts";
import type { Me, SignedIn } from "./wire.ts";

export type { Skin } from "./unsaved-skin.ts";

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
// The cookies may have outlived the phone's store, or the other way round (browsers forget cookies that scripts set
// sooner): they say the same from here on.
hint("skin", `${atStart.skin}`);
hint("place", atStart.place?.code ?? null);

export const useSession = create<Session>(() => ({ state: "asking", me: null, ...atStart }));

const { setState, getState } = useSession;
// Before it is known for sure, too: what this page holds is of whoever was here.
openedBy(whoIsHere());

/** Home first, then in the order they were followed. */
export function homeVillage(me: Me): Place | null {
  const village = me.villages.find(({ home }) => home) ?? me.villages[0];
  return village ? { code: village.code, name: village.name } : null;
}

/** A start begins at home. Afterwards what is looked at stays, unless it was followed and is not any more. */
function placeOf(me: Me): Place | null {
  const { place, me: before } = getState();
  const has = ({ villages }: Me) => villages.some(({ code }) => code === place?.code);
  const looking = before !== null && before.villages.length > 0 && !has(before);
  return has(me) || looking ? place : (homeVillage(me) ?? place);
}

/** An elder edition that was chosen while nobody was here goes onto the account of whoever signs in, over another site too. */
function carrySkin(me: Me): void {
  const chosen = getState().state === "in" ? null : unsavedSkin.get(null);
  unsavedSkin.remove(null);
  if (chosen !== null && chosen !== 0 && me.elder === 0) unsavedSkin.set(chosen, me.id);
}

/** Was somebody else here before? Then all is to be opened anew: the pages still hold what is theirs. */
function enter(me: Me, hasJoined = false): boolean {
  const other = lastHere() !== null && lastHere() !== me.id && !hasJoined;
  carrySkin(me);
  if (other) forgetPersonal();
  // On the site what is still under way is of whoever was here, until the page is gone.
  if (other && isWeb && handOver(me.id)) return true;
  rememberPerson(me.id);
  openedBy(me.id);
  const wanted = takeWanted();
  const place = wanted ?? placeOf(me);
  // An edition that the account does not know yet is newer than the account's.
  const unsaved = unsavedSkin.get();
  const skin = unsaved ?? me.elder;
  setState({ state: "in", me: { ...me, elder: skin }, skin, place });
  keepSkin(skin);
  keepPlace(place);
  if (unsaved !== null) void sendSkin();
  if (wanted) void follow(wanted);
  // A browser that keeps nothing would find the same again.
  return other && !isWeb;
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

const isKnown = (): boolean => ["in", "out"].includes(getState().state);

let askedAt = 0;
/** The last time that somebody asked, signed in or left: an earlier question's answer is out of date. */
let turn = 0;

/** Asks who I am; at the start and after anything that changes it. A failure leaves what was known. */
export async function refreshMe(): Promise<void> {
  askedAt = now();
  const own = ++turn;
  const { skin } = getState();
  try {
    const { me } = await ask("account.me", {});
    // While it is not known, any answer is better than none.
    if (own !== turn && isKnown()) return;
    if (!me) return sessionGone();
    const asking = getState().state === "asking";
    // What was chosen while the answer was on its way is newer than the answer.
    const other = enter(getState().skin === skin ? me : { ...me, elder: getState().skin });
    // A page that has just been opened was meant for whoever is here.
    if (other) openAnew(asking ? "here" : to("home"));
  } catch (error) {
    console.warn("who I am is not known now", faultIn(error).zh);
    if (own === turn && getState().state === "asking") setState({ state: "lost" });
  }
}

/** What changed on the account elsewhere (a verification, an edition, an ended session) arrives within a minute of use. */
const oldAfterMs = 60_000;

/** Called when something is shown: asks again who I am when that is not known, or was learned a while ago. */
export function refreshOldMe(olderThanMs = oldAfterMs): void {
  const { state } = getState();
  if (state === "lost" || (state === "in" && now() - askedAt > olderThanMs)) void refreshMe();
}

/** On the site another tab signs in, or out: this one asks who is here now. */
export function watchTabs(): void {
  if (PLATFORM !== "h5") return;
  window.addEventListener("storage", ({ key }) => {
    if ((key === null || key === personKey) && changedElsewhere()) void refreshMe();
  });
  // Back to a page that the browser had put aside as it was: it may be of somebody who is not here any more.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    if (changedElsewhere()) openAnew(to("home"));
    else void refreshMe();
  });
}

/** Called when the network is back: only what was asked in vain is asked again. */
export function refreshLostMe(): void {
  if (getState().state === "lost") void refreshMe();
}

/**
 * After any step of signing in: keeps the session. True when somebody else was here before: then all is to be opened
 * anew.
 */
export function signedIn(answer: SignedIn): boolean {
  const before = getState();
  turn++;
  keepToken(answer.token);
  forgetPersonal();
  askedAt = now();
  // An account without a phone has become the one that the phone belongs to: these two are one person.
  const hasJoined = before.me !== null && before.me.phone === null;
  if (hasJoined && before.me !== null) takeOver(before.me.id, answer.me.id);
  return enter(answer.me, hasJoined);
}

/** The session is over: nobody is here. What the person typed stays, under their name, until they come back. */
function sessionGone(): void {
  keepToken(null);
  if (getState().me !== null || whoIsHere() !== null) forgetPersonal();
  rememberPerson(null);
  openedBy(null);
  wantNothing();
  setState({ state: "out", me: null });
}

/** Forgets the person on this phone with all that they typed; the server was told. */
export function leave(): void {
  turn++;
  forgetMine();
  sessionGone();
}

whenSessionEnds(() => {
  if (getState().state === "out") return;
  // The site's session is in a cookie: the question may have gone out before a sign-in that is over by now.
  if (isWeb) return void refreshMe();
  turn++;
  sessionGone();
});

// A privacy text that is newer than what is known here: who agreed to what is asked again, and what is new.
whenConsentIsWanted(() => {
  outdate("site.about");
  if (getState().me?.consented) void refreshMe();
});

export function setSkin(skin: Skin): void {
  keepSkin(skin);
  const { me } = getState();
  setState(me ? { skin, me: { ...me, elder: skin } } : { skin });
  unsavedSkin.set(skin);
  if (whoIsHere() !== null) void sendSkin();
}

let sending = false;

/** Tells the account the edition; what does not arrive is told again when the account is next heard of. */
async function sendSkin(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let skin = unsavedSkin.get(); skin !== null; skin = unsavedSkin.get()) {
      const of = whoIsHere();
      await act("account.setElder", { elder: skin });
      if (unsavedSkin.get(of) === skin) unsavedSkin.remove(of);
    }
  } catch (error) {
    console.warn("edition not saved on the account yet", faultIn(error).zh);
  } finally {
    sending = false;
  }
}

export function setPlace(place: Place | null): void {
  setState({ place });
  keepPlace(place);
}

/** Does what was wanted before the sign-in. */
async function follow({ code }: Place): Promise<void> {
  if (getState().me?.villages.some((village) => village.code === code)) return;
  try {
    await act("regions.follow", { code });
    await refreshMe();
  } catch (error) {
    // The village's page still has the button.
    console.warn("village not followed", faultIn(error).zh);
  }
}

export function setConsent(version: string): void {
  setState({ consent: version });
  phoneStore.set(keys.consent, version);
}

export const may = (me: Me | null, permission: Me["may"][number]): boolean => me?.may.includes(permission) ?? false;
