/** What the phone's own sheet is asked for, by the vendor's ids. Not for the site: a browser has nothing to ask. */
export type Consent = { id: string; answer: "accept" | "reject" | "ban" };

/** The vendors take no more in one sheet. */
const most = 3;

/**
 * Brings up the sheet "may this app send you …". Call it straight from a tap, before anything is waited for: WeChat refuses
 * it else. An empty answer: it did not come up, or the person closed it.
 */
export async function askConsent(ids: readonly string[]): Promise<Consent[]> {
  const asked = ids.slice(0, most);
  if (asked.length === 0) return [];
  if (PLATFORM === "h5") {
    return [];
  } else if (PLATFORM === "weapp") {
    return byWechat(asked);
  } else {
    return byAlipay(asked);
  }
}

type Way<T> = { success(answer: T): void; fail(): void };
type Wx = { requestSubscribeMessage(options: { tmplIds: readonly string[] } & Way<Record<string, string>>): void };
type My = {
  requestSubscribeMessage?(options: { entityIds: readonly string[] } & Way<{ result?: AlipayResult }>): void;
};
/** Older versions of Alipay name only what is subscribed now, not what this sheet added. */
type AlipayResult = { currentSubscribedEntityIds?: string[]; subscribedEntityIds?: string[] };
declare const wx: Wx;
declare const my: My;

const answers: readonly string[] = ["accept", "reject", "ban"];
const isAnswer = (word: string | undefined): word is Consent["answer"] => word !== undefined && answers.includes(word);

const byWechat = (tmplIds: readonly string[]): Promise<Consent[]> =>
  new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds,
      success: (said) =>
        resolve(
          tmplIds.flatMap((id) => {
            const answer = said[id];
            return isAnswer(answer) ? [{ id, answer }] : [];
          }),
        ),
      fail: () => resolve([]),
    });
  });

const byAlipay = (entityIds: readonly string[]): Promise<Consent[]> =>
  new Promise((resolve) => {
    // Old versions do not have it.
    if (!my.requestSubscribeMessage) return resolve([]);
    my.requestSubscribeMessage({
      entityIds,
      success: ({ result }) => {
        const yes = result?.currentSubscribedEntityIds ?? result?.subscribedEntityIds ?? [];
        resolve(entityIds.map((id) => ({ id, answer: yes.includes(id) ? "accept" : "reject" })));
      },
      fail: () => resolve([]),
    });
    return undefined;
  });
