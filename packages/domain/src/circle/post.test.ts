import { describe, expect, test } from "vitest";
import { type Audience, audienceKeys, checkStates, firstWords, type PostFacts, sightOf, type Viewer } from "./post.ts";

const post = (more: Partial<PostFacts> = {}): PostFacts => ({
  author: "A",
  audience: "village",
  hidden: false,
  check: "passed",
  deleted: false,
  ...more,
});
const viewer = (more: Partial<Viewer> = {}): Viewer => ({
  person: "B",
  follows: false,
  villager: false,
  cadre: false,
  moderates: false,
  blocked: false,
  ...more,
});
const people = {
  passer: viewer({ person: null }),
  stranger: viewer(),
  follower: viewer({ follows: true }),
  villager: viewer({ follows: true, villager: true }),
  cadre: viewer({ cadre: true }),
  author: viewer({ person: "A" }),
};

test("each audience sees what is meant for it, and nobody else does", () => {
  const sees: Record<Audience, string[]> = {
    village: ["follower", "villager", "cadre", "author"],
    villagers: ["villager", "cadre", "author"],
    cadres: ["cadre", "author"],
  };
  for (const audience of audienceKeys)
    expect(
      Object.entries(people).flatMap(([who, one]) => (sightOf(post({ audience }), one).post === "whole" ? [who] : [])),
    ).toEqual(sees[audience]);
});

describe("what is not checked", () => {
  test("is seen by its author and by those who check, whatever its audience", () => {
    for (const check of checkStates.filter((state) => state !== "passed"))
      for (const audience of audienceKeys) {
        const seen = Object.entries({ ...people, moderator: viewer({ cadre: true, moderates: true }) }).flatMap(
          ([who, one]) => (sightOf(post({ check, audience }), one).post === "nothing" ? [] : [who]),
        );
        expect(seen).toEqual(["author", "moderator"]);
      }
  });
});

test("a deleted post is a tombstone to those who saw it, and nothing to the others", () => {
  expect(sightOf(post({ deleted: true }), people.follower).post).toBe("tombstone");
  expect(sightOf(post({ deleted: true }), people.author).post).toBe("tombstone");
  expect(sightOf(post({ deleted: true, audience: "cadres" }), people.villager).post).toBe("nothing");
  expect(sightOf(post({ deleted: true, check: "held" }), viewer({ cadre: true, moderates: true })).post).toBe(
    "nothing",
  );
});

test("a hidden author is hidden from everybody but himself, staff included", () => {
  const hidden = post({ hidden: true });
  for (const [who, one] of Object.entries({ ...people, moderator: viewer({ cadre: true, moderates: true }) })) {
    expect(sightOf(hidden, one).author, who).toBe(who === "author" ? "shown" : "hidden");
    expect(sightOf(post({ hidden: true, check: "held" }), one).author, who).toBe(who === "author" ? "shown" : "hidden");
  }
});

test("whom I have blocked I do not read, unless it is my duty", () => {
  expect(sightOf(post(), viewer({ follows: true, blocked: true })).post).toBe("nothing");
  expect(sightOf(post(), viewer({ cadre: true, blocked: true })).post).toBe("whole");
});

test("first words are on one line and cut between letters, never inside one", () => {
  expect(firstWords("桥栏杆\n\n松了", 6)).toBe("桥栏杆 松了");
  expect(firstWords("👍🏻𠮷祥", 3)).toBe("👍🏻𠮷");
});
