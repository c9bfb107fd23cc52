import type { Phone } from "../phone.ts";
import type { Bag } from "../types.ts";
import { isBag, isCallable, messageOf, writePath } from "../values.ts";

/** WeChat refuses more in one call; it is far above what a page should ever send. */
const LARGEST = 1024 * 1024;

export interface DataOwner {
  page: number;
  route: string;
  /** 0 is the page itself. */
  component: number;
  instance: Bag;
}

/** `setData`: only JSON crosses, its size is kept, and the callback runs when the view has drawn it. */
export function setData(phone: Phone, owner: DataOwner, data: unknown, callback: unknown): void {
  if (!isBag(data)) throw phone.realm.error("setData: the first argument should be an object");
  const json = asJson(phone, owner, data);
  const bytes = Buffer.byteLength(json);
  phone.setDatas.push({ route: owner.route, bytes, keys: Object.keys(data) });
  if (bytes > LARGEST) phone.fail(`setData of ${bytes} bytes on ${owner.route}: the limit is ${LARGEST}`);
  const crossed: Bag = JSON.parse(json);
  const own = isBag(owner.instance.data) ? owner.instance.data : {};
  for (const [path, value] of Object.entries(crossed)) writePath(own, path, phone.realm.adopt(value));
  owner.instance.data = own;
  const end = phone.activity.begin();
  void phone.view
    .call("setData", owner.page, owner.component, crossed)
    .catch((error: unknown) => phone.fail(error))
    .then(() => {
      phone.guard(() => (isCallable(callback) ? callback.call(owner.instance) : undefined));
      end();
    });
}

function asJson(phone: Phone, owner: DataOwner, data: Bag): string {
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined)
      phone.log({ level: "warn", text: `setData "${key}" to undefined does nothing on ${owner.route}` });
  }
  try {
    return JSON.stringify(data, (key, value: unknown) => {
      if (isCallable(value)) phone.fail(`setData: there is a function at "${key}" on ${owner.route}`);
      return value;
    });
  } catch (error) {
    throw phone.realm.error(`setData: ${messageOf(error)}`);
  }
}
