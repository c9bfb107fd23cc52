import { idCardCheck } from "@weimenhu/domain/base/id-card";
import { expect, test } from "vitest";
import { people } from "./county.ts";
import { aWalk, button, field, heading, link, picture, quiet, sees, type Visit } from "./kit.ts";
import { barriers, complaints, rules } from "./look.ts";

const { county, visit } = aWalk();
const phone = "19900000951";
const paper = "村委会档案柜 3 号盒";
/** Of somebody who is under fourteen for years to come. */
const first17 = "99010120240101021";
const idCard = `${first17}${idCardCheck(first17)}`;
const small = [
  [390, 844],
  [320, 640],
] as const;
/** This person in this edition, which the account remembers. */
async function inEdition(as: string, skin: 0 | 1): Promise<Visit> {
  const { api } = await county().person(as);
  await api.account.setElder.mutate({ elder: skin });
  return visit({ as, skin });
}

const editions = [
  { skin: 0, rule: rules.normal },
  { skin: 1, rule: rules.elder },
] as const;

test.each(editions)(
  "on the phone it is noted and taken back too, in edition $skin, on small screens",
  async ({ skin, rule }) => {
    const at = await inEdition(people.secretary, skin);
    const { page } = at;
    const look = async (one: Visit, name: string) => {
      for (const [width, height] of small) {
        await one.page.setViewportSize({ width, height });
        await picture(one.page, `guardians-${width}`, `${name}-${skin}`);
        expect([name, width, await complaints(one.page, rule), await barriers(one.page)]).toEqual([
          name,
          width,
          [],
          [],
        ]);
      }
      await one.page.setViewportSize({ width: 390, height: 844 });
    };
    const child = await inEdition(phone, skin);
    await at.open("/verify/queue");
    await look(at, "queue");
    await link(page, /^家长同意登记/).click();
    await heading(page, "已经登记的孩子").waitFor();
    await button(page, "家长已签字，登记").click();
    await sees(page, "还没有填好：孩子的手机号、同意书放在哪里");
    await look(at, "wrong");
    await field(page, "孩子的手机号").fill(phone);
    await field(page, "同意书放在哪里").fill(paper);
    await button(page, "家长已签字，登记").click();
    await sees(page, "登记好了");
    await sees(page, `同意书放在：${paper}`);
    await look(at, "noted");
    await button(page, /^撤回：199/).click();
    await sees(page, "确定撤回 199****0951 的家长同意？");
    await look(at, "end");
    await button(page, "确定撤回").click();
    await sees(page, "199****0951 的家长同意已撤回");
    await sees(page, "还没有登记的孩子");
    await child.open("/document?name=minors");
    await look(child, "minors");
    quiet(at, child);
    await at.close();
    await child.close();
  },
);

test.each(editions)(
  "a child reads what the family does first, in edition $skin, and its number stays on the phone",
  async ({ skin, rule }) => {
    const child = await inEdition(`1990000096${skin}`, skin);
    const { page } = child;
    const asked: string[] = [];
    page.on("request", (one) => asked.push(one.url()));
    await child.open(`/verify?region=${county().village.code}`);
    await field(page, "身份证号").fill(idCard);
    await button(page, "提交申请").click();
    await sees(page, "不满 14 周岁，要家长先同意。请家长带孩子到村委会签同意书");
    for (const [width, height] of small) {
      await page.setViewportSize({ width, height });
      await picture(page, `guardians-${width}`, `child-${skin}`);
      expect([width, await complaints(page, rule), await barriers(page)]).toEqual([width, [], []]);
    }
    expect(asked.filter((url) => url.includes("verification.submit"))).toEqual([]);
    quiet(child);
    await child.close();
  },
);
