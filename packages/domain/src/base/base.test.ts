import { describe, expect, test } from "vitest";
import { ageOn, idCardCheck, isIdCard, normalIdCard } from "./id-card.ts";
import { maskIdCard, maskName, maskPhone } from "./mask.ts";
import { normalPhone } from "./phone.ts";
import { covers, isRegionCode, levelOf, lineage, parentOf } from "./region.ts";

describe("region codes", () => {
  test("levels and parents follow from the digits", () => {
    expect(levelOf("990101000000")).toBe("county");
    expect(levelOf("990101103000")).toBe("town");
    expect(levelOf("990101103201")).toBe("village");
    expect(lineage("990101103201")).toEqual(["990101103201", "990101103000", "990101000000"]);
    expect(parentOf("990101000000")).toBeNull();
  });
  test("a region covers its subtree and nothing beside or above it", () => {
    expect(covers("990101103000", "990101103201")).toBe(true);
    expect(covers("990101103000", "990101103000")).toBe(true);
    expect(covers("990101103000", "990101104201")).toBe(false);
    expect(covers("990101103201", "990101103000")).toBe(false);
    expect(covers("990101000000", "990102103201")).toBe(false);
  });
  test.each(["99010110320", "9901011032011", "990101000201", "000000000000", "99010110320x"])(
    "%s is not a region code",
    (code) => {
      expect(isRegionCode(code)).toBe(false);
    },
  );
});

describe("ID numbers", () => {
  test.each(["11010519491231002X", "510183195001010016", "510183198802140025"])(
    "%s passes its check character",
    (id) => {
      expect(isIdCard(id)).toBe(true);
    },
  );
  test("every other last character is refused", () => {
    const good = "11010519491231002X";
    for (const last of "0123456789") expect(isIdCard(good.slice(0, 17) + last)).toBe(false);
    expect(idCardCheck(good.slice(0, 17))).toBe("X");
  });
  test.each(["110105194913310029", "110105190002290011", "11010519491231002x", "1101051949123100", ""])(
    "%s is refused",
    (id) => {
      expect(isIdCard(id)).toBe(false);
    },
  );
  test("blanks and small letters are brought into the one form", () => {
    expect(normalIdCard(" 110105 19491231 002x ")).toBe("11010519491231002X");
  });
  test("age turns on the birthday", () => {
    expect(ageOn("11010519491231002X", "2026-12-30")).toBe(76);
    expect(ageOn("11010519491231002X", "2026-12-31")).toBe(77);
  });
});

describe("phones", () => {
  test.each([["199 0000 0001"], ["+8619900000001"], ["199-0000-0001"], ["8619900000001"]])(
    "%s is stored as eleven digits",
    (typed) => {
      expect(normalPhone(typed)).toBe("19900000001");
    },
  );
  test.each(["12345678901", "1990000000", "199000000011", "abc", "", "+119900000001"])("%s is refused", (typed) => {
    expect(normalPhone(typed)).toBeNull();
  });
});

test("masks never show what they hide", () => {
  expect(maskPhone("19912345678")).toBe("199****5678");
  expect(maskIdCard("11010519491231002X")).toBe("110105********002X");
  expect([maskName("王"), maskName("王婶"), maskName("王小千"), maskName("欧阳小千")]).toEqual([
    "*",
    "王*",
    "王*千",
    "欧**千",
  ]);
});
