import type { Phone } from "../phone.ts";
import type { Callable } from "../types.ts";
import { bag, isBag, isCallable } from "../values.ts";

interface Wish {
  css: string;
  all: boolean;
  callback: unknown;
}

/** `createSelectorQuery`: measures the page in front. In jsdom every size is zero. */
export function selectorQuery(phone: Phone): Callable {
  return () => {
    const wishes: Wish[] = [];
    const query: Record<string, Callable> = {
      in: () => query,
      select: (css) => node(String(css), false),
      selectAll: (css) => node(String(css), true),
      selectViewport: () => node("", false),
      exec: (callback) => {
        const end = phone.activity.begin();
        void Promise.all(wishes.map((wish) => measure(phone, wish)))
          .then((answers) => {
            const adopted = answers.map((answer) => phone.realm.adopt(answer));
            wishes.forEach(({ callback: own }, i) => isCallable(own) && phone.guard(() => own(adopted[i])));
            if (isCallable(callback)) phone.guard(() => callback(phone.realm.adopt(answers)));
          })
          .catch((error: unknown) => phone.fail(error))
          .then(end);
        return query;
      },
    };
    const node = (css: string, all: boolean) => {
      const wish: Callable = (callback) => {
        wishes.push({ css, all, callback });
        return query;
      };
      const fields: Callable = (_fields, callback) => wish(callback);
      return { boundingClientRect: wish, scrollOffset: wish, node: wish, context: wish, fields };
    };
    return query;
  };
}

async function measure(phone: Phone, { css, all }: Wish): Promise<unknown> {
  if (css === "") {
    const { width, height, scrollTop, scrollHeight } = bag(await phone.view.call("viewport"));
    return { left: 0, top: 0, right: width, bottom: height, width, height, scrollTop, scrollLeft: 0, scrollHeight };
  }
  const found = await phone.view.call("rects", css, all);
  const list = Array.isArray(found) ? found.filter(isBag) : [];
  return all ? list : (list[0] ?? null);
}
