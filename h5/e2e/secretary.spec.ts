import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { people } from "./county.ts";
import { byCode, bySecondFactor, editor, move } from "./desk.ts";
import { aWalk, button, field, heading, link, quiet, ready, sees, select, text } from "./kit.ts";

const { county, visit } = aWalk();

let id = "";
const title = "村文化广场周五晚放电影";
const tool = (page: Page, name: string) =>
  page.getByRole("toolbar", { name: "排版" }).getByRole("button", { name, exact: true });
const idIn = (page: Page) => /notices\/([^/?]+)/.exec(page.url())?.[1] ?? "";
const refusalOf = (page: Page, call: string) =>
  page.evaluate(async (call) => {
    const answer = await fetch(`/trpc/${call}`, { headers: { "x-client": "desk/1.0.0" } });
    const { error } = (await answer.json()) as { error?: { data?: { refusal?: { word?: string } } } };
    return error?.data?.refusal?.word;
  }, call);

describe("the desk", () => {
  test("opens with the phone's code and then the one-time password, never with one of them alone", async () => {
    const at = await visit({ desk: true });
    const { page } = at;
    await byCode(page, county(), people.townClerk);
    await heading(page, "输入动态口令").waitFor();
    // The address of a page inside leads to the same question.
    await page.goto("/desk/notices");
    await heading(page, "输入动态口令").waitFor();
    expect(await refusalOf(page, "desk.waiting?input=%7B%7D")).toBe("SECOND_FACTOR_FIRST");
    at.problems.splice(0);
    await bySecondFactor(page, county(), people.townClerk);
    await link(page, "等我处理").click();
    await heading(page, "等我处理").waitFor();
    quiet(at);
    await at.close();
  });

  test("carries a notice from the writer over the reviewer to the publisher and out to the village", async () => {
    const writer = await visit({ as: people.committee, desk: true });
    const { page } = writer;
    await writer.open("/desk/notices");
    await button(page, "写公告").click();
    await field(page, "标题").fill(title);
    await select(page, "栏目").selectOption("culture");
    await editor(page).click();
    await tool(page, "加粗").click();
    await page.keyboard.type("周五晚上七点");
    await tool(page, "加粗").click();
    await page.keyboard.type("，在文化广场放电影。");
    await page.keyboard.press("Enter");
    await tool(page, "列表").click();
    await page.keyboard.type("自带小板凳");
    await page.keyboard.press("Enter");
    await page.keyboard.type("下雨改到周六");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await tool(page, "插入表格").click();
    for (const words of ["时间", "片名", "时长", "19:00", "《地道战》", "90 分钟"]) {
      await page.keyboard.type(words);
      await page.keyboard.press("Tab");
    }
    await tool(page, "图片").click();
    const dialog = page.getByRole("dialog", { name: "插入图片" });
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "广场.png", mimeType: "image/png", buffer: await county().photo() });
    await dialog.getByRole("textbox").fill("文化广场的银幕");
    await dialog.getByRole("button", { name: "上传并插入" }).click();
    await dialog.waitFor({ state: "hidden" });

    for (const edition of ["标准版预览", "长辈版预览"]) {
      const preview = page.getByRole("region", { name: edition });
      await preview.getByRole("heading", { name: title }).waitFor();
      expect(await preview.locator("b, strong").first().innerText()).toBe("周五晚上七点");
      expect(await preview.getByRole("listitem").count()).toBeGreaterThanOrEqual(2);
      await preview.getByText("《地道战》").waitFor();
      await preview.getByRole("img", { name: "文化广场的银幕" }).waitFor();
    }
    await button(page, "保存草稿").click();
    await sees(page, "已保存");
    await page.waitForURL(/notices\/(?!new)/);
    id = idIn(page);
    await move(page, "提交审核");
    await sees(page, "待审核");

    const reviewer = await visit({ as: people.supervisor, desk: true });
    await reviewer.open("/desk/");
    await link(reviewer.page, title).click();
    await heading(reviewer.page, title).waitFor();
    // The reviewer is not the publisher.
    await move(reviewer.page, "审核通过");
    await sees(reviewer.page, "待发布");
    expect(await button(reviewer.page, /^发\s*布$/).count()).toBe(0);

    const publisher = await visit({ as: people.secretary, desk: true });
    await publisher.open("/desk/");
    await link(publisher.page, title).click();
    await heading(publisher.page, title).waitFor();
    await publisher.page.getByRole("button", { name: /^发\s*布$/ }).click();
    await publisher.page
      .getByRole("dialog")
      .getByRole("button", { name: /^发\s*布$/ })
      .click();
    await sees(publisher.page, "已发布");

    const resident = await visit();
    await resident.open(`/notice?id=${id}`);
    await heading(resident.page, title).waitFor();
    await sees(resident.page, "《地道战》");
    await resident.page
      .getByRole("img", { name: "文化广场的银幕" })
      .or(text(resident.page, "文化广场的银幕"))
      .first()
      .waitFor();
    quiet(writer, reviewer, publisher, resident);
    for (const one of [writer, reviewer, publisher, resident]) await one.close();
  });

  test("keeps what villagers read while the writer changes it, shows both versions side by side, and withdraws with a reason", async () => {
    const writer = await visit({ as: people.committee, desk: true });
    const { page } = writer;
    await writer.open(`/desk/notices/${id}`);
    await move(page, "修改");
    await editor(page).click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("改期：");
    await button(page, "保存草稿").click();
    await sees(page, "已保存");
    await link(page, "对比版本").click();
    await heading(page, "对比版本").waitFor();
    await sees(page, /改期：/);
    const resident = await visit();
    await resident.open(`/notice?id=${id}`);
    await heading(resident.page, title).waitFor();
    expect(await text(resident.page, "改期").count()).toBe(0);

    const publisher = await visit({ as: people.secretary, desk: true });
    await publisher.open(`/desk/notices/${id}`);
    await move(publisher.page, "撤回", "片子没有借到");
    await sees(publisher.page, "已撤回");
    await resident.page.reload();
    await ready(resident.page);
    await sees(resident.page, "片子没有借到");
    expect(await text(resident.page, "《地道战》").count()).toBe(0);
    quiet(writer, publisher);
    for (const one of [writer, publisher, resident]) await one.close();
  });

  test("shows nothing of it to another village's secretary, who has to set up a second factor first", async () => {
    const stranger = "19900000095";
    const other = "990101101202";
    await county().person(stranger);
    const { api } = await county().person(people.secadmin);
    await api.grants.give.mutate({ phone: stranger, role: "secretary", region: other });
    const at = await visit({ desk: true });
    const { page } = at;
    await byCode(page, county(), stranger);
    await heading(page, "绑定动态口令").waitFor();
    county().enrol(stranger, (await page.locator(".secret").innerText()).replace(/\s/g, ""));
    await bySecondFactor(page, county(), stranger);
    quiet(at);
    await page.goto(`/desk/notices/${id}`);
    await page.getByRole("alert").first().waitFor();
    expect(await text(page, title).count()).toBe(0);
    for (const call of ["deskGet", "versions", "history"]) {
      const input = encodeURIComponent(JSON.stringify({ id }));
      expect([call, await refusalOf(page, `notices.${call}?input=${input}`)]).toEqual([call, "NOT_FOUND"]);
    }
    await at.close();
  });
});
