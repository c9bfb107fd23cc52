import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { departmentCodes, departments, findDepartments } from "./departments.ts";

const first = (written: string) => findDepartments(written).found[0]?.name;

describe("somebody says what is wrong in their own words", () => {
  test.each([
    ["看眼睛", "眼科"],
    ["我想看看眼睛", "眼科"],
    ["眼", "眼科"],
    ["牙疼怎么办", "口腔科"],
    ["拉肚子", "消化内科"],
    ["老人耳背", "耳鼻咽喉科"],
    ["我妈膝盖疼", "骨科"],
    ["挂个骨科", "骨科"],
    ["腰痛，腿痛", "骨科"],
    ["娃咳嗽", "呼吸内科"],
    ["孩子生病", "儿科"],
    ["失眠", "神经内科"],
    ["头晕 站不稳", "神经内科"],
    ["面色苍白", "血液内科"],
    ["血压高", "心血管内科"],
    ["身上发痒", "皮肤科"],
    ["打狂犬疫苗", "预防保健科"],
    ["想看中医", "中医科"],
    ["不知道看哪科", "全科医疗科"],
  ])("%s leads to %s", (written, name) => {
    expect(first(written)).toBe(name);
  });

  test("a child's cough shows the children's doctor too", () => {
    expect(findDepartments("娃咳嗽").found.map(({ name }) => name)).toContain("儿科");
  });

  test("what nobody can place finds nothing, and neither do blanks", () => {
    expect(["缴水费", "", " 。", "zzz", "𠮷"].map((written) => findDepartments(written).found)).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });

  test("a name outranks words of others", () => {
    for (const code of departmentCodes) expect(first(departments[code].name)).toBe(departments[code].name);
  });

  test("whatever is written, it answers with a few different departments", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (written) => {
        const { found } = findDepartments(written);
        expect(found.length).toBeLessThanOrEqual(4);
        expect(new Set(found.map(({ code }) => code)).size).toBe(found.length);
      }),
    );
  });
});

test.each(["叫不醒了", "突然半边身子不能动", "喝农药", "胸痛", "蛇咬了"])("%s calls for help at once", (written) => {
  expect(findDepartments(written).call).toBe(true);
});
test("a place to book is no call for help", () => {
  expect(["看眼睛", "感冒", "胸闷"].map((written) => findDepartments(written).call)).toEqual([false, false, false]);
});
